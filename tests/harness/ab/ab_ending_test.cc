// How `sockmark ab` ends that does not get to its end: nothing is left running,
// and no part of an answer looks like a whole one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>

#include "harness/process/find_program.h"
#include "harness/text/text.h"
#include "tests/harness/ab/ab_program.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

// A build is slow to begin.
constexpr std::chrono::seconds kHalfAMinute(30);

bool is_gone(const std::string& pid) {
  return !fs::exists("/proc/" + one_line(pid));
}

class AbCutOff : public Ab {
 protected:
  // Where a build or a server puts its id; what it then does takes long.
  fs::path note() const { return repository_.path().parent_path() / "pid"; }

  std::string pid() const {
    EXPECT_TRUE(eventually(
        [this] {
          return fs::exists(note()) && contents_of(note()).ends_with('\n');
        },
        kHalfAMinute));
    return one_line(contents_of(note()));
  }

  void commit_server() {
    const std::string script = fmt::format("echo $$ >{}; exec {} good {{port}}",
                                           note().string(), FAKE_SERVER);
    repository_.commit(
        {{"servers.json",
          fmt::format(R"({{"servers": [{{"name": "own", "keep_alive": false,
                          "command": ["sh", "-c", "{}"]}}]}})",
                      script)}});
  }

  std::vector<std::string> measuring() const {
    return sockmark_command(
        arguments("main", ".", {"--manifest", "servers.json"}, "60s"));
  }
};

TEST_F(AbCutOff, LeavesNoBuildRunning) {
  repository_.commit({{"list", kGood}});
  const std::string command =
      fmt::format("echo $$ >{}; sleep 600", note().string());
  for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
    fs::remove(note());
    Child child(
        {.argv = sockmark_command(arguments("main", ".", {"--build", command})),
         .cpus = {},
         .cwd = repository_.path()});
    const std::string build = pid();
    kill(child.pid(), signal);
    EXPECT_EQ(finish(child).status, -signal);
    EXPECT_TRUE(eventually([&] { return is_gone(build); }, kHalfAMinute))
        << signal;
  }
  EXPECT_FALSE(fs::exists(results()));
}

TEST_F(AbCutOff, LeavesNoServerRunning) {
  commit_server();
  for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
    fs::remove(note());
    Child child({.argv = measuring(), .cpus = {}, .cwd = repository_.path()});
    const std::string server = pid();
    kill(child.pid(), signal);
    EXPECT_EQ(finish(child).status, signal == SIGKILL ? -signal : 128 + signal);
    EXPECT_TRUE(eventually([&] { return is_gone(server); }, kHalfAMinute))
        << signal;
    EXPECT_FALSE(fs::exists(run() / kComparisonFile));
    fs::remove_all(results());
  }
}

TEST_F(Ab, LeavesNoPartOfAComparisonWhenItIsInterrupted) {
  repository_.commit({{"list", kGood}});
  Child child({.argv = sockmark_command(
                   arguments("main", ".", {"--build", build()}, "60s")),
               .cpus = {},
               .cwd = repository_.path()});
  ASSERT_TRUE(has_said(child, "recording"));
  kill(child.pid(), SIGINT);
  const Outcome outcome = finish(child);
  EXPECT_EQ(outcome.status, 130);
  EXPECT_THAT(outcome.err, HasSubstr("interrupted: nothing is compared"));
  const auto result = nlohmann::json::parse(contents_of(run() / "result.json"));
  EXPECT_TRUE(result.at("interrupted"));
  EXPECT_FALSE(fs::exists(run() / kComparisonFile));

  const Outcome resumed =
      sockmark({"run", "--resume", "latest", "--results", results()});
  expect_one_line(resumed, 1);
  EXPECT_THAT(resumed.err, HasSubstr("begins anew"));
}

// What a full disk does, by way of a limit on the size of files.
TEST_F(Ab, HasNoAnswerWhenTheDiskIsFull) {
  repository_.commit({{"list", line_of("mine", "fake_server dies_at_start")}});
  ASSERT_EQ(built("main", "main").status, 5);
  fs::remove_all(results());
  auto command =
      sockmark_command(arguments("main", "main", {"--build", build()}));
  command.insert(command.begin(), {"prlimit", "--fsize=8000"});
  Child child({.argv = command, .cpus = {}, .cwd = repository_.path()});
  const Outcome full = finish(child);
  EXPECT_EQ(full.status, 1);
  EXPECT_THAT(full.err, AllOf(HasSubstr("cannot write"), HasSubstr(results())));
  EXPECT_EQ(full.out, "");
  EXPECT_FALSE(fs::exists(run() / kComparisonFile));
}

// Two manifests, and a PATH with little on it.
TEST_F(Ab, NeedsNeitherGitNorGnuplotForManifests) {
  repository_.write(
      "mine.json",
      fmt::format(R"({{"servers": [{{"name": "own", "keep_alive": false,
                      "command": ["{}", "good", "{{port}}"]}}]}})",
                  FAKE_SERVER));
  auto command = sockmark_command(arguments("mine.json", "mine.json", {}));
  std::erase(command, "--no-plots");
  const fs::path programs = repository_.path() / "programs";
  fs::create_directory(programs);
  for (const char* const name : {"env", "sha256sum"}) {
    fs::create_symlink(find_program(name, {}).value(), programs / name);
  }
  command.insert(command.begin(), {"env", "PATH=" + programs.string()});
  Child child({.argv = command, .cpus = {}, .cwd = repository_.path()});
  const Outcome outcome = finish(child);
  EXPECT_EQ(outcome.status, exit_status_of(comparison(), false));
  EXPECT_THAT(outcome.err, HasSubstr("gnuplot"));
  EXPECT_TRUE(fs::exists(run() / "report.html"));
}

}  // namespace
}  // namespace sockmark
