#include "harness/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

Experiment two_workloads(int rounds, std::uint64_t seed) {
  Experiment experiment = {.name = "test", .seed = seed};
  for (const char* const name : {"short", "long"}) {
    WorkloadPlan plan;
    plan.workload.name = name;
    plan.workload.tool.clear();
    plan.workload.duration_ns = kSecond;
    plan.rounds = rounds;
    experiment.workloads.push_back(plan);
  }
  return experiment;
}

std::vector<std::string> names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    names.push_back("s" + std::to_string(i));
  }
  return names;
}

Plan plan_with(const Experiment& experiment, std::size_t servers) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < servers; ++i) all.push_back(i);
  return {experiment, names(servers), Lineup(experiment.workloads.size(), all)};
}

using Outcome = std::function<void(const PlannedTrial&, TrialRecord&)>;

TrialRecord record_of(const PlannedTrial& trial, const Outcome& outcome) {
  TrialRecord record = synthetic_trial("s" + std::to_string(trial.server), {});
  record.index = trial.index;
  record.round = trial.round;
  record.order = trial.order;
  record.attempt = trial.attempt;
  record.workload = trial.workload;
  record.elapsed_ns = kSecond;
  record.machine.window_ns = kSecond;
  record.machine.foreign_cpu_ns = 0;
  outcome(trial, record);
  return record;
}

void nothing_special(const PlannedTrial&, TrialRecord&) {}

// What is left of the plan, at most `limit` trials.
std::vector<TrialRecord> run(Plan& plan,
                             const Outcome& outcome = nothing_special,
                             std::size_t limit = 100'000) {
  std::vector<TrialRecord> records;
  while (const auto trial = plan.next()) {
    if (records.size() == limit) break;
    records.push_back(record_of(*trial, outcome));
    plan.add(records.back());
  }
  return records;
}

using Step = std::tuple<int, int, int, int, std::string, std::string>;
std::vector<Step> steps_of(const std::vector<TrialRecord>& records) {
  std::vector<Step> steps;
  for (const TrialRecord& r : records) {
    steps.emplace_back(r.index, r.round, r.order, r.attempt, r.server.name,
                       r.workload.name + r.workload.tool);
  }
  return steps;
}

TEST(Plan, HasEveryServerWithEveryWorkloadAndToolOnceARound) {
  Experiment experiment = two_workloads(3, 1);
  experiment.workloads[0].tools = {"loadgen", "wrk"};
  Plan plan = plan_with(experiment, 5);
  EXPECT_EQ(plan.expected_trials(), 5 * 3 * 3);
  const auto records = run(plan);
  EXPECT_EQ(records.size(), 5 * 3 * 3);
  std::set<std::tuple<int, std::string, std::string>> seen;
  for (const TrialRecord& r : records) {
    seen.insert({r.round, r.server.name, hash_of(r.workload)});
  }
  EXPECT_EQ(seen.size(), records.size());
  EXPECT_EQ(plan.end(), PlanEnd::complete);
  EXPECT_EQ(plan.expected_left().count(), 0);
}

TEST(Plan, HasTheServersOfAWorkloadSideBySide) {
  Plan plan = plan_with(two_workloads(4, 3), 5);
  const auto records = run(plan);
  ASSERT_EQ(records.size(), 40);
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(records[i].index, static_cast<int>(i));
    EXPECT_EQ(records[i].round, static_cast<int>(i / 10));
    EXPECT_EQ(records[i].order, static_cast<int>(i % 10));
    EXPECT_EQ(records[i].workload.name, records[i / 5 * 5].workload.name);
  }
}

TEST(Plan, LetsAWorkloadHaveServersAndRoundsOfItsOwn) {
  Experiment experiment = two_workloads(3, 1);
  experiment.workloads[1].rounds = 1;
  Plan plan(experiment, names(3), {{0, 1, 2}, {2}});
  std::map<std::string, int> trials;
  for (const TrialRecord& r : run(plan)) ++trials[r.workload.name];
  EXPECT_EQ(trials["short"], 9);
  EXPECT_EQ(trials["long"], 1);
}

TEST(Plan, OfNobodyIsOver) {
  Plan plan(two_workloads(3, 1), {}, {{}, {}});
  EXPECT_FALSE(plan.next());
}

TEST(Plan, IsTheSameForTheSameSeedAndAnotherForAnother) {
  Plan one = plan_with(two_workloads(2, 7), 9);
  Plan same = plan_with(two_workloads(2, 7), 9);
  Plan other = plan_with(two_workloads(2, 8), 9);
  const auto steps = steps_of(run(one));
  EXPECT_EQ(steps, steps_of(run(same)));
  EXPECT_NE(steps, steps_of(run(other)));
}

TEST(Plan, ShufflesEachRoundAnew) {
  Plan plan = plan_with(two_workloads(2, 1), 9);
  std::vector<std::string> order[2];
  for (const TrialRecord& r : run(plan)) {
    order[r.round].push_back(r.server.name + r.workload.name);
  }
  EXPECT_NE(order[0], order[1]);
}

// A plan that differs between machines or releases would not be the same run.
TEST(Plan, OfAKnownSeedNeverChanges) {
  Plan plan = plan_with(two_workloads(1, 1), 3);
  std::string order;
  for (const TrialRecord& r : run(plan)) {
    order += r.workload.name + " " + r.server.name + ", ";
  }
  EXPECT_EQ(order, "short s1, short s0, short s2, long s0, long s2, long s1, ");
}

void disturb_round_1_of_long(const PlannedTrial& trial, TrialRecord& record) {
  if (trial.workload.name != "long" || trial.round != 1) return;
  record.machine.foreign_cpu_ns = kSecond / 2;
}

TEST(Plan, RunsADisturbedBlockAgainWholeAndRightAway) {
  Plan plan = plan_with(two_workloads(4, 1), 3);
  const auto records = run(plan, [](const auto& trial, auto& record) {
    if (trial.attempt == 0) disturb_round_1_of_long(trial, record);
  });
  EXPECT_EQ(records.size(), 4 * 2 * 3 + 3);
  EXPECT_EQ(plan.reruns(), 1);
  EXPECT_TRUE(plan.disturbed().empty());
  for (std::size_t i = 1; i < records.size(); ++i) {
    if (records[i].attempt != 1) continue;
    EXPECT_EQ(records[i].workload.name, "long");
    EXPECT_EQ(records[i].round, 1);
    EXPECT_EQ(records[i - 1].workload.name, "long");
  }
}

TEST(Plan, GivesABlockUpThatStaysDisturbed) {
  Plan plan = plan_with(two_workloads(10, 1), 3);
  const auto records = run(plan, disturb_round_1_of_long);
  EXPECT_EQ(records.size(), 10 * 2 * 3 + (kMostAttempts - 1) * 3);
  ASSERT_EQ(plan.disturbed().size(), 1);
  EXPECT_EQ(plan.disturbed()[0].workload, "long");
  EXPECT_EQ(plan.disturbed()[0].round, 1);
}

TEST(Plan, RunsAtMost30PercentOfTheBlocksAgain) {
  Plan plan = plan_with(two_workloads(10, 1), 2);
  const auto records = run(plan, [](const auto&, auto& record) {
    record.machine.foreign_cpu_ns = kSecond;
  });
  EXPECT_EQ(plan.reruns(), 6);
  EXPECT_EQ(records.size(), (20 + 6) * 2);
  EXPECT_EQ(plan.disturbed().size(), 20);
  Plan small = plan_with(two_workloads(1, 1), 2);
  run(small, [](const auto&, auto& record) {
    record.machine.foreign_cpu_ns = kSecond;
  });
  EXPECT_EQ(small.reruns(), 1) << "at least one";
}

TEST(Plan, DoesNotLookAtWhatTheServersDid) {
  Plan plan = plan_with(two_workloads(4, 1), 3);
  run(plan, [](const auto&, auto& record) {
    record.status = TrialStatus::crashed;
    record.load.reset();
  });
  EXPECT_EQ(plan.reruns(), 0);
}

// s0 is steady; s1 swings by a tenth from round to round.
void swing(const PlannedTrial& trial, TrialRecord& record) {
  const double swing = trial.server == 0 ? 0 : trial.round % 3 - 1;
  record.load->requests_per_second = 10'000 * (1 + 0.1 * swing);
}

TEST(Plan, AddsRoundsOfTheCellsThatAreTooWide) {
  Experiment experiment = two_workloads(6, 1);
  experiment.precision = 0.02;
  Plan plan = plan_with(experiment, 2);
  const auto records = run(plan, swing, 80);
  ASSERT_EQ(records.size(), 80);
  for (const TrialRecord& r : records) {
    EXPECT_TRUE(r.round < 6 || r.server.name == "s1");
  }
  EXPECT_EQ(plan.wide_cells().size(), 2);
  EXPECT_EQ(plan.wide_cells()[0].server, "s1");
}

TEST(Plan, EndsWhenAllCellsAreNarrow) {
  Experiment experiment = two_workloads(1, 1);
  experiment.precision = 0.02;
  Plan plan = plan_with(experiment, 2);
  const auto records = run(plan, [](const auto& trial, auto& record) {
    if (trial.round < 3) swing(trial, record);
  });
  EXPECT_EQ(plan.end(), PlanEnd::complete);
  EXPECT_TRUE(plan.wide_cells().empty());
  // Six rounds are the fewest that have a 95 % interval at all.
  std::map<std::string, int> rounds;
  for (const TrialRecord& r : records) {
    rounds[r.server.name] = std::max(rounds[r.server.name], r.round + 1);
  }
  EXPECT_EQ(rounds["s0"], 6);
  EXPECT_GT(rounds["s1"], 6);
}

TEST(Plan, AddsNoRoundsForAServerThatAlwaysFails) {
  Experiment experiment = two_workloads(2, 1);
  experiment.precision = 0.02;
  Plan plan = plan_with(experiment, 2);
  for (const TrialRecord& r : run(plan, [](const auto&trial, auto&record) {
         if (trial.server == 1) record.status = TrialStatus::crashed;
       })) {
    EXPECT_TRUE(r.server.name == "s0" || r.round < 2);
  }
  EXPECT_EQ(plan.end(), PlanEnd::complete);
}

TEST(Plan, AddsAtMostAThousandRounds) {
  Experiment experiment = two_workloads(1, 1);
  experiment.precision = 0.02;
  Plan plan(experiment, names(2), {{1}, {}});
  const auto records = run(plan, [](const auto& trial, auto& record) {
    record.load->requests_per_second = trial.round % 2 == 0 ? 9'000 : 11'000;
  });
  EXPECT_EQ(records.size(), static_cast<std::size_t>(kMostRounds));
  EXPECT_EQ(plan.end(), PlanEnd::round_limit);
}

TEST(Plan, EndsAfterTheTrialThatCrossesTheBudget) {
  Experiment experiment = two_workloads(10, 1);
  experiment.time_budget_ns = 9 * kSecond + 1;
  Plan plan = plan_with(experiment, 3);
  EXPECT_EQ(run(plan).size(), 10);
  EXPECT_EQ(plan.end(), PlanEnd::time_budget);
}

TEST(Plan, RunsOneWholeRoundWhateverTheBudget) {
  Experiment experiment = two_workloads(10, 1);
  experiment.time_budget_ns = 1;
  Plan plan = plan_with(experiment, 3);
  EXPECT_EQ(run(plan).size(), 6);
}

// All that can happen to a run.
void eventful(const PlannedTrial& trial, TrialRecord& record) {
  swing(trial, record);
  if (trial.round == 1 && trial.attempt < 2)
    disturb_round_1_of_long(trial, record);
  if (trial.index % 7 == 3) record.status = TrialStatus::crashed;
}

TEST(Plan, GoesOnAfterEveryCutAsItWouldHaveGoneOn) {
  Experiment experiment = two_workloads(4, 5);
  experiment.precision = 0.02;
  experiment.time_budget_ns = 70 * kSecond;
  Plan whole = plan_with(experiment, 4);
  const auto records = run(whole, eventful);
  ASSERT_GT(records.size(), 40);
  EXPECT_EQ(whole.reruns(), 2);
  for (std::size_t cut = 0; cut <= records.size(); ++cut) {
    Plan plan = plan_with(experiment, 4);
    for (std::size_t i = 0; i < cut; ++i) plan.add(records[i]);
    const auto rest = run(plan, eventful);
    EXPECT_EQ(
        steps_of(rest),
        steps_of({records.begin() + static_cast<long>(cut), records.end()}))
        << "cut after " << cut;
    EXPECT_EQ(plan.end(), whole.end());
  }
}

TEST(Plan, RunsAnInterruptedTrialAgain) {
  Plan plan = plan_with(two_workloads(2, 1), 3);
  run(plan, nothing_special, 4);
  const auto before = plan.next();
  ASSERT_TRUE(before);
  plan.add(record_of(*before, [](const auto&, auto& record) {
    record.status = TrialStatus::interrupted;
  }));
  const auto after = plan.next();
  ASSERT_TRUE(after);
  EXPECT_EQ(after->index, before->index);
  EXPECT_EQ(after->server, before->server);
}

TEST(Plan, RefusesRecordsOfAnotherPlan) {
  Plan plan = plan_with(two_workloads(2, 1), 3);
  Plan other = plan_with(two_workloads(2, 4), 3);
  const auto records = run(other);
  EXPECT_THROW(
      {
        for (const TrialRecord& record : records) plan.add(record);
      },
      std::runtime_error);
}

TEST(ExpectedDuration, IsALittleMoreThanTheLoadItself) {
  Plan plan = plan_with(two_workloads(3, 1), 4);
  const std::chrono::seconds load(4 * 3 * 2);
  EXPECT_GT(plan.expected_left(), load);
  EXPECT_LT(plan.expected_left(), load * 2);
}

}  // namespace
}  // namespace sockmark
