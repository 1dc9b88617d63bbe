// The man page and the completions have every verb of sockmark with all of its
// options, and no other; and every export format.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "harness/exports/exports.h"
#include "tests/docs/sockmark_help.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

const std::string kManPage = SOURCE_DIR "/docs/man/sockmark.1";
const std::string kBash = SOURCE_DIR "/completions/sockmark.bash";
const std::string kZsh = SOURCE_DIR "/completions/_sockmark";

Names options_in_man_page(const std::string& command) {
  // First the changes of font, then the dashes, which are escaped.
  const std::string plain =
      std::regex_replace(contents_of(kManPage), std::regex(R"(\\f.)"), "");
  const std::string text = std::regex_replace(plain, std::regex(R"(\\-)"), "-");
  const std::size_t from = text.find("\n.SS " + command + " ");
  if (from == std::string::npos) return {};
  return long_options(text.substr(from, text.find("\n.S", from + 1) - from));
}

Names completed_by_bash(const std::string& words, int position) {
  const Ran ran = run(fmt::format(
      "bash -c 'source {}; COMP_WORDS=({} {}); COMP_CWORD={}; _sockmark; "
      "printf \"%s\\n\" \"${{COMPREPLY[@]}}\"'",
      kBash, kProgram, words, position));
  EXPECT_TRUE(ran.is_clean) << ran.err;
  return all_matches(ran.out, std::regex("([^\n]+)\n"));
}

Names export_formats_there_are() {
  Names names;
  for (const ExportFormat& format : export_formats()) {
    names.insert(format.name);
  }
  return names;
}

TEST(SockmarkVerbs, AreInTheManPageWithTheirOptions) {
  EXPECT_EQ(all_matches(contents_of(kManPage),
                        std::regex(R"(\n\.SS ([a-z]+(?: [a-z]+)?))")),
            commands());
  for (const std::string& command : commands()) {
    EXPECT_EQ(options_in_man_page(command), options_of(command)) << command;
  }
}

TEST(SockmarkVerbs, AreCompletedByBashWithTheirOptions) {
  if (!has_program("bash")) GTEST_SKIP() << "bash is not installed";
  Names first = verbs();
  first.merge(Names{"-h", "--help", "--version"});
  EXPECT_EQ(completed_by_bash("\"\"", 1), first);
  EXPECT_EQ(completed_by_bash("baseline \"\"", 2), parts_of("baseline"));
  for (const std::string& command : commands()) {
    Names options = options_of(command);
    options.merge(Names{"-h", "--help"});
    const bool is_part = command.find(' ') != std::string::npos;
    EXPECT_EQ(completed_by_bash(command + " -", is_part ? 3 : 2), options)
        << command;
  }
}

TEST(SockmarkVerbs, AreCompletedByZshWithTheirOptions) {
  const std::string text = contents_of(kZsh);
  const std::regex line(R"(\n    '?([a-z]+(?: [a-z]+)?)'? '([^\n]*)'\n)");
  Names completed;
  for (auto at = text.cbegin();;) {
    std::smatch match;
    if (!std::regex_search(at, text.cend(), match, line)) break;
    completed.insert(match[1]);
    EXPECT_EQ(long_options(match[2]), options_of(match[1])) << match[1];
    at = match[0].second - 1;
  }
  Names expected = commands();
  expected.merge(Names(verbs()));
  EXPECT_EQ(completed, expected);
}

TEST(SockmarkCompletion, OffersTheChoicesOfAnOption) {
  if (!has_program("bash")) GTEST_SKIP() << "bash is not installed";
  EXPECT_EQ(completed_by_bash("export --format \"\"", 3),
            export_formats_there_are());
  EXPECT_EQ(completed_by_bash("table --format m", 3), Names{"markdown"});
  EXPECT_EQ(completed_by_bash("run --servers epoll_l", 3), Names{"epoll_lt"});
  EXPECT_EQ(completed_by_bash("list --manifest " SOURCE_DIR "/READ", 3),
            Names{SOURCE_DIR "/README.md"});
  EXPECT_EQ(completed_by_bash("no-such -", 2), (Names{"-h", "--help"}));
}

TEST(SockmarkCompletion, IsZshThatOffersEveryFormat) {
  const std::string text = contents_of(kZsh);
  for (const std::string& format : export_formats_there_are()) {
    EXPECT_THAT(text, testing::ContainsRegex("[ -]" + format + "[ \n]"));
  }
  if (!has_program("zsh")) GTEST_SKIP() << "zsh is not installed";
  const Ran ran = run("zsh -n " + kZsh);
  EXPECT_TRUE(ran.is_clean) << ran.err;
}

TEST(SockmarkManPage, HasNothingThatManOrMandocWarnsOf) {
  if (has_program("mandoc")) {
    EXPECT_EQ(run("mandoc -T lint -W warning " + kManPage).out, "");
  }
  if (!has_program("man")) GTEST_SKIP() << "man is not installed";
  const Ran ran = run("LC_ALL=C.UTF-8 MANROFFSEQ= man --warnings -Tutf8 -l " +
                      kManPage + " | cat >/dev/null");
  EXPECT_EQ(ran.err, "");
}

TEST(FormatsDoc, HasEveryExportFormatAndNoOther) {
  const std::string doc = contents_of(SOURCE_DIR "/docs/formats.md");
  const std::size_t from = doc.find("\n## Exports\n");
  ASSERT_NE(from, std::string::npos);
  const std::string section =
      doc.substr(from, doc.find("\n## ", from + 1) - from);
  EXPECT_EQ(all_matches(section, std::regex(R"(\n\| `([a-z-]+)` \|)")),
            export_formats_there_are());
}

// What stands as code, or in a transcript: "`sockmark ab main . --strict`".
TEST(Docs, NameOnlyVerbsAndOptionsThatThereAre) {
  const std::regex call(R"((?:`|    |\$ |/)sockmark ([a-z]+)([^`|\n]*))");
  std::vector<std::filesystem::path> pages = {SOURCE_DIR "/README.md",
                                              SOURCE_DIR "/examples/README.md"};
  for (const auto& file :
       std::filesystem::directory_iterator(SOURCE_DIR "/docs")) {
    if (file.path().extension() == ".md") pages.push_back(file.path());
  }
  Names called;
  for (const auto& page : pages) {
    const std::string text = contents_of(page);
    for (std::sregex_iterator match(text.begin(), text.end(), call), end;
         match != end; ++match) {
      std::string command = (*match)[1];
      EXPECT_THAT(verbs(), testing::Contains(command)) << page;
      called.insert(command);
      const std::string rest =
          std::regex_replace((*match)[2].str(), std::regex("'[^']*'"), "");
      for (const std::string& part : parts_of(command)) {
        if (rest.starts_with(" " + part)) command += " " + part;
      }
      EXPECT_THAT(options_of(command),
                  testing::IsSupersetOf(long_options(rest)))
          << page << ": sockmark " << command << rest;
    }
  }
  EXPECT_EQ(called, verbs()) << "each is told of somewhere";
}

TEST(SockmarkHelp, FitsEightyColumns) {
  Names all = commands();
  all.merge(Names(verbs()));
  all.insert("");
  for (const std::string& command : all) {
    std::istringstream lines(help_of(command));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(line.size(), 80) << command << ": " << line;
    }
  }
}

}  // namespace
}  // namespace sockmark
