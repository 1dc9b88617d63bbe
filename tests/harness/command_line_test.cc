// The sockmark program itself: verbs, records, exit statuses, one-line errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>

#include "harness/child.h"
#include "harness/record.h"
#include "harness/stored_runs.h"
#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

void expect_one_line(const std::string& text) {
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
}

class Run : public testing::Test {
 protected:
  std::vector<std::string> run_for(const std::string& duration,
                                   const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {
        "run",        "--results",     folder_.path().string(),
        "--duration", duration,        "--warmup",
        "50ms",       "--no-plots",    "--rounds",
        "2",          "--connections", "4"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }

  std::vector<std::string> brief(const std::vector<std::string>& more) const {
    return run_for("250ms", more);
  }

  // A list with one fake server.
  std::string models_with(const std::string& mode) const {
    return folder_
        .write("MODELS", mode + " | " + FAKE_SERVER + " " + mode +
                             " | fake | none | here | misbehaves\n")
        .string();
  }

  TemporaryFolder folder_;
};

TEST_F(Run, RecordsEveryTrialAndPrintsTheTable) {
  const Outcome outcome = sockmark(brief({"--servers", "poll,fork"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("poll"));
  EXPECT_THAT(outcome.err, HasSubstr("[12/12]"));
  const auto run = find_run("latest", folder_.path());
  const auto trials = read_trials(run);
  ASSERT_EQ(trials.size(), 12);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    EXPECT_EQ(trials[i].index, static_cast<int>(i));
    EXPECT_EQ(trials[i].status, TrialStatus::ok) << trials[i].error;
    EXPECT_EQ(trials[i].run, run.filename().string());
  }
  const auto result = nlohmann::json::parse(contents_of(run / "result.json"));
  EXPECT_EQ(result.at("trials").size(), 12);
  EXPECT_FALSE(result.at("interrupted"));
  const auto environment =
      nlohmann::json::parse(contents_of(run / "environment.json"));
  EXPECT_GE(environment.at("cpus"), 1);
}

TEST_F(Run, GoesOnAfterAServerThatFailsAndExitsWith5) {
  const Outcome outcome = sockmark(
      brief({"--workload", "short", "--models", models_with("dies_at_start")}));
  EXPECT_EQ(outcome.status, 5);
  const auto trials = read_trials(find_run("latest", folder_.path()));
  ASSERT_EQ(trials.size(), 2);
  EXPECT_EQ(trials[1].status, TrialStatus::crashed);
  EXPECT_THAT(trials[1].stderr_tail, HasSubstr("no database"));
  EXPECT_THAT(outcome.out, HasSubstr("crashed"));
}

TEST_F(Run, KeepsWhatThereIsWhenInterrupted) {
  Child child({.argv = sockmark_command(run_for("60s", {"--servers", "poll"})),
               .cpus = {}});
  ASSERT_TRUE(has_said(child, "recording"));
  child.wait_for(std::chrono::milliseconds(300));
  kill(child.pid(), SIGINT);
  EXPECT_EQ(finish(child).status, 130);
  const auto run = find_run("latest", folder_.path());
  const auto result = nlohmann::json::parse(contents_of(run / "result.json"));
  EXPECT_TRUE(result.at("interrupted"));
  EXPECT_EQ(read_trials(run).back().status, TrialStatus::interrupted);
  EXPECT_FALSE(child.group_exists());
}

TEST_F(Run, SaysInALineWhatIsWrongWithItsCommandLine) {
  struct Mistake {
    std::vector<std::string> arguments;
    std::string said;
  };
  const std::vector<Mistake> mistakes = {
      {{"run", "--no-such-flag"}, "--no-such-flag"},
      {{"run", "--duration", "5"}, "bad duration '5'"},
      {{"run", "--servers", "nginx"}, "no server named 'nginx'"},
      {{"run", "--preset", "slow"}, "no preset named 'slow'"},
      {{"run", "--workload", "wide"}, "no workload named 'wide'"},
      {{"run", "--tool", "ab"}, "no load tool named 'ab'"},
      {{"nonsense"}, "nonsense"},
      {{}, "subcommand"}};
  for (const Mistake& mistake : mistakes) {
    const Outcome outcome = sockmark(mistake.arguments);
    EXPECT_EQ(outcome.status, 2) << mistake.said;
    EXPECT_THAT(outcome.err, HasSubstr(mistake.said));
    expect_one_line(outcome.err);
  }
}

TEST_F(Run, SaysInALineWhatItCannotReadOrWrite) {
  const auto file = folder_.write("file", "");
  const std::string under_a_file = (file / "results").string();
  struct Failure {
    std::vector<std::string> arguments;
    std::string said;
  };
  const std::vector<Failure> failures = {
      {{"run", "--results", under_a_file}, under_a_file},
      {{"run", "--models", "/nowhere/MODELS"}, "/nowhere/MODELS"},
      {{"table", "no-such-run"}, "no-such-run"},
      {{"plot", "--results", folder_.path().string()}, "sockmark run"}};
  for (const Failure& failure : failures) {
    const Outcome outcome = sockmark(failure.arguments);
    EXPECT_EQ(outcome.status, 1) << failure.said;
    EXPECT_THAT(outcome.err, HasSubstr(failure.said));
    expect_one_line(outcome.err);
  }
}

TEST_F(Run, NamesAMissingToolAndTheRemedy) {
  Child child({.argv = {"env", "PATH=/nowhere",
                        std::string(BUILD_DIR) + "/bin/sockmark", "run",
                        "--tool", "wrk"},
               .cpus = {}});
  const Outcome outcome = finish(child);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("apt-get install wrk"));
  expect_one_line(outcome.err);
}

TEST(List, ShowsTheModelsForPeopleAndForMachines) {
  EXPECT_THAT(sockmark({"list"}).out, HasSubstr("epoll_et"));
  const auto json = nlohmann::json::parse(sockmark({"list", "--json"}).out);
  EXPECT_EQ(json.at(0).at("name"), "iterative");
}

TEST(Help, ExplainsVerbsAndExitStatuses) {
  const Outcome outcome = sockmark({"--help"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("Exit status"));
  EXPECT_EQ(sockmark({"run", "--help"}).status, 0);
}

}  // namespace
}  // namespace sockmark
