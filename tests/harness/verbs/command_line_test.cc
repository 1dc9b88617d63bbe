// The sockmark program itself: verbs, records, exit statuses, one-line errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

#include "harness/process/child.h"
#include "harness/record/record.h"
#include "harness/record/stored_runs.h"
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
  ASSERT_TRUE(has_started(child, "loadgen"));
  kill(child.pid(), SIGINT);
  EXPECT_EQ(finish(child).status, 130);
  const auto run = find_run("latest", folder_.path());
  const auto result = nlohmann::json::parse(contents_of(run / "result.json"));
  EXPECT_TRUE(result.at("interrupted"));
  const auto trials = read_trials(run);
  ASSERT_EQ(trials.size(), 1);
  EXPECT_EQ(trials[0].status, TrialStatus::interrupted);
  EXPECT_FALSE(child.group_exists());
}

TEST_F(Run, TakesAnExperimentOfTheUsersOwn) {
  const auto file = folder_.write("mine.json", R"({
    "name": "mine", "rounds": 2, "warmup": "0s", "duration": "50ms",
    "servers": ["poll"],
    "workloads": [{"name": "a", "connections": [1, 2], "work": "sleep:1ms"}]})");
  const std::vector<std::string> arguments = {
      "run",       "--experiment",          file.string(),
      "--results", folder_.path().string(), "--no-plots"};
  auto dry = arguments;
  dry.emplace_back("--dry-run");
  const Outcome planned = sockmark(dry);
  EXPECT_EQ(planned.status, 0) << planned.err;
  EXPECT_THAT(planned.out, HasSubstr("1 servers, 2 workloads, 2 rounds: 4"));
  EXPECT_EQ(sockmark({"table", "--results", folder_.path().string()}).status, 1)
      << "a dry run leaves nothing";
  const Outcome outcome = sockmark(arguments);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto run = find_run("latest", folder_.path());
  EXPECT_THAT(run.filename().string(), testing::EndsWith("-mine"));
  const auto trials = read_trials(run);
  ASSERT_EQ(trials.size(), 4);
  EXPECT_THAT(trials[0].server.argv, testing::Contains("sleep:1ms"));
  EXPECT_GT(trials[0].elapsed_ns, 50'000'000);
  EXPECT_GT(trials[0].started_unix_ns, 0);
}

TEST_F(Run, AddsRoundsForAPrecisionUntilTheBudgetEnds) {
  const Outcome outcome = sockmark(
      run_for("50ms", {"--servers", "poll", "--workload", "short",
                       "--precision", "0.001%", "--time-budget", "3s"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto run = find_run("latest", folder_.path());
  const auto result = nlohmann::json::parse(contents_of(run / "result.json"));
  EXPECT_EQ(result.at("ended"), "time_budget");
  EXPECT_EQ(result.at("wide_cells").size(), 1);
  EXPECT_GE(result.at("rounds"), 2);  // more than planned, if there was time
  EXPECT_THAT(outcome.out, HasSubstr("wider than the precision"));
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
      {{"run", "--tool", "siege"}, "no load tool named 'siege'"},
      {{"run", "--precision", "2"}, "bad percentage '2'"},
      {{"run", "--preset", "quick", "--experiment", "x"}, "excludes"},
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
      {{"run", "--experiment", "/nowhere/my.json"}, "/nowhere/my.json"},
      {{"run", "--resume", "no-such-run"}, "no-such-run"},
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

TEST(List, ShowsTheServersOfAManifestToo) {
  const std::string manifest =
      std::string(SOURCE_DIR) + "/examples/servers.json";
  EXPECT_THAT(sockmark({"list", "--manifest", manifest}).out,
              AllOf(HasSubstr("epoll_et"), HasSubstr("node:http, one thread")));
  const auto json = nlohmann::json::parse(
      sockmark({"list", "--json", "--manifest", manifest}).out);
  EXPECT_EQ(json.at(0).at("manifest"), nullptr);
  EXPECT_EQ(json.back().at("name"), "nginx");
  EXPECT_EQ(json.back().at("manifest"), manifest);
  EXPECT_EQ(json.back().at("unit"), nullptr);
}

TEST(List, NamesThePlaceOfAMistakeInAManifest) {
  const TemporaryFolder folder;
  const auto manifest = folder.write("m.json", "{\n\"server\": []}");
  const Outcome outcome = sockmark({"list", "--manifest", manifest.string()});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("m.json:2:1: \"server\": unknown"));
  expect_one_line(outcome.err);
}

TEST(Help, ExplainsVerbsAndExitStatuses) {
  const Outcome outcome = sockmark({"--help"});
  EXPECT_EQ(outcome.status, 0);
  for (const char* const said : {"Exit status", "3 ", "4 ", "5 ", "6 ", "7 "}) {
    EXPECT_THAT(outcome.out, HasSubstr(said));
  }
  EXPECT_EQ(sockmark({"run", "--help"}).status, 0);
}

}  // namespace
}  // namespace sockmark
