// The man page and the completions have every option of loadgen and of its
// verbs, and no other.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "harness/process/child.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using Names = std::set<std::string>;

const std::string kManPage = SOURCE_DIR "/docs/man/loadgen.1";
const std::string kBash = SOURCE_DIR "/completions/loadgen.bash";
const std::string kZsh = SOURCE_DIR "/completions/_loadgen";

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null").c_str()) == 0;
}

struct Ran {
  bool is_clean = false;
  std::string out;
  std::string err;
};

Ran run(const std::string& command) {
  Child child({.argv = {"sh", "-c", command}, .cpus = {}});
  const auto ending = child.wait_for(std::chrono::seconds(60));
  return {ending && ending->clean(), child.out(), child.err()};
}

// Every first group of `pattern`.
Names all_matches(const std::string& text, const std::regex& pattern) {
  Names found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end;
       match != end; ++match) {
    found.insert((*match)[1]);
  }
  return found;
}

// From `begin` to the next `end` after it; empty if it does not begin.
std::string part(const std::string& text, const std::string& begin,
                 const std::string& end) {
  const std::size_t from = text.find(begin);
  if (from == std::string::npos) return "";
  return text.substr(from, text.find(end, from + begin.size()) - from);
}

std::string help(const std::string& verb) {
  return run(fmt::format("{}/bin/loadgen {} --help", BUILD_DIR,
                         verb == "steady" ? "" : verb))
      .out;
}

// Names stand at the margin, what is said of them further right.
Names options_in_help(const std::string& text) {
  const std::regex line(R"((?:^|\n) {2,8}(-[^ \n]*))");
  Names options;
  for (const std::string& names : all_matches(text, line)) {
    std::istringstream each(names);
    for (std::string name; std::getline(each, name, ',');) options.insert(name);
  }
  return options;
}

Names options_in_man_page(const std::string& verb) {
  std::string text = contents_of(kManPage);
  text = std::regex_replace(text, std::regex(R"(\\-)"), "-");
  const std::string section =
      verb == "steady" ? part(text, ".SH OPTIONS\n", "\n.SH ")
                       : part(text + "\n.S", ".SS " + verb + "\n", "\n.S");
  Names options;
  for (const std::string& heading :
       all_matches(section, std::regex(R"(\.TP\n\.B ([^\n]*))"))) {
    options.merge(
        all_matches(heading, std::regex(R"((?:^|, )(--?[A-Za-z][A-Za-z-]*))")));
  }
  return options;
}

Names options_in_zsh(const std::string& verb) {
  const std::string function =
      part(contents_of(kZsh), "_loadgen_" + verb + "() {", "\n}");
  return all_matches(
      function, std::regex(R"([ {,'*)](--?[A-Za-z][A-Za-z-]*)(?=[,}\[]))"));
}

// As when Tab is pressed behind the last of `words`.
Names completed_by_bash(const std::string& words, int position) {
  const Ran ran = run(fmt::format(
      "bash -c 'source {}; COMP_WORDS=(loadgen {}); COMP_CWORD={}; _loadgen; "
      "printf \"%s\\n\" \"${{COMPREPLY[@]}}\"'",
      kBash, words, position));
  EXPECT_TRUE(ran.is_clean) << ran.err;
  return all_matches(ran.out, std::regex("([^\n]+)\n"));
}

class LoadgenOptions : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const std::string text = help(GetParam());
    if (GetParam() != "steady" &&
        text.find("Usage: loadgen " + GetParam()) == std::string::npos) {
      GTEST_SKIP() << "loadgen has no verb " << GetParam();
    }
    expected_ = options_in_help(text);
    ASSERT_GE(expected_.size(), 5) << text;
  }

  Names expected_;
};

TEST_P(LoadgenOptions, AreInTheManPage) {
  EXPECT_EQ(options_in_man_page(GetParam()), expected_);
}

TEST_P(LoadgenOptions, AreCompletedByBash) {
  if (!has_program("bash")) GTEST_SKIP() << "bash is not installed";
  EXPECT_EQ(GetParam() == "steady" ? completed_by_bash("-", 1)
                                   : completed_by_bash(GetParam() + " -", 2),
            expected_);
}

TEST_P(LoadgenOptions, AreCompletedByZsh) {
  EXPECT_EQ(options_in_zsh(GetParam()), expected_);
}

INSTANTIATE_TEST_SUITE_P(Verbs, LoadgenOptions,
                         testing::Values("steady", "burst", "hold", "slow"),
                         [](const auto& verb) { return verb.param; });

TEST(LoadgenCompletion, OffersTheChoicesOfAnOption) {
  if (!has_program("bash")) GTEST_SKIP() << "bash is not installed";
  EXPECT_EQ(completed_by_bash("--engine e", 2), Names{"epoll"});
  EXPECT_EQ(completed_by_bash("--close --spin o", 3), (Names{"on", "off"}));
  EXPECT_EQ(completed_by_bash("--no-such", 1), Names());
}

TEST(LoadgenCompletion, OffersVerbsFirstAndFilesWhereAFileIsDue) {
  if (!has_program("bash")) GTEST_SKIP() << "bash is not installed";
  EXPECT_THAT(completed_by_bash("b", 1), testing::Contains("burst"));
  EXPECT_EQ(completed_by_bash("--json " SOURCE_DIR "/READ", 2),
            Names{SOURCE_DIR "/README.md"});
}

TEST(LoadgenCompletion, IsZsh) {
  if (!has_program("zsh")) GTEST_SKIP() << "zsh is not installed";
  const Ran ran = run("zsh -n " + kZsh);
  EXPECT_TRUE(ran.is_clean) << ran.err;
}

TEST(LoadgenManPage, HasNothingThatManWarnsOf) {
  if (!has_program("man")) GTEST_SKIP() << "man is not installed";
  const Ran ran = run("LC_ALL=C.UTF-8 MANROFFSEQ= man --warnings -Tutf8 -l " +
                      kManPage + " | cat >/dev/null");
  EXPECT_EQ(ran.err, "");
}

TEST(LoadgenManPage, HasNothingThatMandocWarnsOf) {
  if (!has_program("mandoc")) GTEST_SKIP() << "mandoc is not installed";
  EXPECT_EQ(run("mandoc -T lint -W warning " + kManPage).out, "");
}

TEST(LoadgenHelp, FitsEightyColumns) {
  std::istringstream lines(help("steady"));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 80) << line;
  }
}

}  // namespace
}  // namespace sockmark
