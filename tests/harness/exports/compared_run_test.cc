// The run of a comparison, in each format by the rules of its consumer.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "harness/ab/arm.h"
#include "harness/gate/cell_news.h"
#include "harness/gate/samples.h"
#include "tests/harness/exports/consumer.h"
#include "tests/harness/exports/odd_run.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;

constexpr int kRounds = 10;
const std::vector<std::string> kCells = {
    "poll@base/long/connections:64", "poll@head/long/connections:64",
    "thread@base/long/connections:64", "thread@head/long/connections:64"};

// poll takes a fifth more CPU on the new side, all else of it is alike; what
// thread takes has nothing to do with the side.
Figures figures_of(const std::string& server, Arm arm, int round) {
  Figures figures;
  const bool is_head = arm == Arm::head;
  if (server == "poll") {
    figures.cpu_ns_per_request *= (is_head ? 1.2 : 1) * (1 + 0.001 * round);
  } else {
    figures.cpu_ns_per_request *= 1 + 0.1 * ((round * (is_head ? 3 : 7)) % 10);
  }
  return figures;
}

std::vector<TrialRecord> trials_of_both_sides() {
  std::vector<TrialRecord> trials;
  for (int round = 0; round < kRounds; ++round) {
    for (const char* const server : {"poll", "thread"}) {
      for (const Arm arm : kArms) {
        TrialRecord& trial = trials.emplace_back(synthetic_trial(
            name_in(arm, server), figures_of(server, arm, round)));
        trial.server.arm = to_string(arm);
        trial.index = static_cast<int>(trials.size()) - 1;
        trial.round = round;
      }
    }
  }
  return trials;
}

ExportedRun compared_run(std::vector<TrialRecord> trials) {
  const auto cells =
      pair_cells(trials_of(Arm::base, trials), trials_of(Arm::head, trials));
  ExportedRun run = exported_run(std::move(trials));
  run.comparison =
      Comparison{.base = {.name = "main", .description = "a"},
                 .head = {.name = ".", .description = "b, \"dirty\""},
                 .rounds = kRounds,
                 .judgements = judge(paired_samples(cells), {}),
                 .failed = news_of(cells).failed};
  return run;
}

ExportedRun compared_run() { return compared_run(trials_of_both_sides()); }

void crash(TrialRecord& trial) {
  trial.status = TrialStatus::crashed;
  trial.error = "killed by SIGSEGV";
  trial.load.reset();
}

// As "CLASS NAME", with its outcome.
std::map<std::string, std::string> outcomes_in(const Json& junit) {
  std::map<std::string, std::string> outcomes;
  for (const Json& one : junit) {
    outcomes[one.at("classname").get<std::string>() + " " +
             one.at("name").get<std::string>()] = one.at("outcome");
  }
  return outcomes;
}

std::string outcome_of(Finding finding) {
  if (finding == Finding::regressed) return "failure";
  return finding == Finding::inconclusive ? "skipped" : "passed";
}

TEST(ComparedRun, HasACaseOfJUnitForEachFigure) {
  const ExportedRun run = compared_run();
  CONSUME(junit, "junit", export_junit(run).text);
  auto outcomes = outcomes_in(junit.read);
  std::map<std::string, int> seen;
  for (const Judgement& one : run.comparison->judgements) {
    const std::string outcome = outcome_of(one.finding);
    EXPECT_EQ(outcomes[one.cell + " " + one.metric.name], outcome);
    ++seen[outcome];
  }
  EXPECT_EQ(seen.size(), 3) << "all that can be found has to be in this run";
  EXPECT_EQ(outcomes["long/poll/64 connections cpu_ns_per_request"], "failure");
  EXPECT_EQ(outcomes["long poll@head/c64"], "passed");
  EXPECT_EQ(outcomes.size(), run.comparison->judgements.size() + kCells.size());
}

TEST(ComparedRun, FailsNoCaseOfJUnitForOneTrialOfTheBase) {
  auto trials = trials_of_both_sides();
  crash(trials[0]);
  CONSUME(junit, "junit", export_junit(compared_run(trials)).text);
  auto outcomes = outcomes_in(junit.read);
  EXPECT_EQ(outcomes["long poll@base/c64"], "passed");
  EXPECT_FALSE(outcomes.contains("long/poll/64 connections base failed"));
  crash(trials[1]);
  CONSUME(worse, "junit", export_junit(compared_run(trials)).text);
  outcomes = outcomes_in(worse.read);
  EXPECT_EQ(outcomes["long/poll/64 connections failed"], "failure");
}

TEST(ComparedRun, TellsJUnitOfBothSidesThatFailed) {
  auto trials = trials_of_both_sides();
  for (TrialRecord& trial : trials) {
    if (server_of(trial.server) == "poll") crash(trial);
  }
  CONSUME(junit, "junit", export_junit(compared_run(trials)).text);
  auto outcomes = outcomes_in(junit.read);
  EXPECT_EQ(outcomes["long/poll/64 connections failed"], "failure");
  EXPECT_EQ(outcomes["long/poll/64 connections base failed"], "skipped");
  EXPECT_EQ(outcomes["long poll@base/c64"], "failure");
}

TEST(ComparedRun, BlamesNoServerInJUnitForANoisyMachine) {
  auto trials = trials_of_both_sides();
  for (TrialRecord& trial : trials) {
    trial.verdict = {.status = Verdict::Status::invalid, .reasons = {"noise"}};
  }
  ExportedRun run = exported_run(std::move(trials));
  run.comparison.emplace().too_noisy = true;
  CONSUME(junit, "junit", export_junit(run).text);
  for (const auto& [name, outcome] : outcomes_in(junit.read)) {
    EXPECT_EQ(outcome, "skipped") << name;
  }
}

TEST(ComparedRun, HasBothSidesUnderNamesOfTheirOwnForTrackers) {
  const ExportedRun run = compared_run();
  const auto medians = export_google_benchmark_medians(run).text;
  CONSUME(bencher, "bencher", export_bencher(run).text);
  CONSUME(googles, "bencher_cpp_google", medians);
  CONSUME(bigger, "action_custom",
          export_github_action_benchmark_bigger(run).text);
  CONSUME(smaller, "action_custom",
          export_github_action_benchmark_smaller(run).text);
  CONSUME(series, "action_googlecpp", medians);
  EXPECT_EQ(series.read.size(), kCells.size());
  EXPECT_EQ(bencher.read.size(), kCells.size());
  for (const std::string& cell : kCells) {
    EXPECT_TRUE(bencher.read.contains(cell)) << cell;
    EXPECT_TRUE(googles.read.contains(cell)) << cell;
    EXPECT_TRUE(bigger.read.contains(cell + " throughput")) << cell;
    EXPECT_TRUE(smaller.read.contains(cell + " CPU per request")) << cell;
  }
}

TEST(ComparedRun, IsPairedByCompareOnEachSide) {
  const auto text = export_google_benchmark_repetitions(compared_run()).text;
  CONSUME(pairs, "compare_py", text, text);
  EXPECT_EQ(pairs.read.size(), kCells.size());
  for (const std::string& cell : kCells) {
    EXPECT_EQ(pairs.read.at(cell).size(), kRounds) << cell;
  }
}

TEST(ComparedRun, HasEveryTrialInTidyCsv) {
  CONSUME(rows, "tidy_csv", export_csv(compared_run()).text);
  std::map<std::string, int> usable;
  for (const Json& row : rows.read) {
    if (row.at("metric") == "usable") ++usable[row.at("server")];
  }
  EXPECT_EQ(usable, (std::map<std::string, int>{{"poll@base", kRounds},
                                                {"poll@head", kRounds},
                                                {"thread@base", kRounds},
                                                {"thread@head", kRounds}}));
}

TEST(ComparedRun, HasASampleOfOpenMetricsForEachSide) {
  const std::string text = export_openmetrics(compared_run()).text;
  CONSUME(names, "text_collector", text);
  CONSUME(samples, "openmetrics", text);
  std::vector<std::string> servers;
  for (const Json& one : samples.read) {
    if (one.at("family") == "sockmark_cpu_per_request_seconds") {
      servers.push_back(one.at("labels").at("server"));
    }
  }
  EXPECT_THAT(servers, testing::IsSupersetOf({"poll@base", "poll@head"}));
  EXPECT_EQ(servers.size(), kCells.size());
}

}  // namespace
}  // namespace sockmark
