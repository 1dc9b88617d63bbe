// Rounds that are run again, added, cut short and gone on with.
#include <gtest/gtest.h>

#include <map>

#include "harness/plan/plan.h"
#include "tests/harness/planned_run.h"

namespace sockmark {
namespace {

void disturb_round_1_of_long(const PlannedTrial& trial, TrialRecord& record) {
  if (trial.workload.name != "long" || trial.round != 1) return;
  record.machine.foreign_cpu_ns = kSecond / 2;
}

TEST(PlanRounds, RunsADisturbedBlockAgainWholeAndRightAway) {
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

TEST(PlanRounds, GivesABlockUpThatStaysDisturbed) {
  Plan plan = plan_with(two_workloads(10, 1), 3);
  const auto records = run(plan, disturb_round_1_of_long);
  EXPECT_EQ(records.size(), 10 * 2 * 3 + (kMostAttempts - 1) * 3);
  ASSERT_EQ(plan.disturbed().size(), 1);
  EXPECT_EQ(plan.disturbed()[0].workload.name, "long");
  EXPECT_EQ(plan.disturbed()[0].round, 1);
}

TEST(PlanRounds, RunsNothingAgainWhereNoiseIsToBeIgnored) {
  Experiment experiment = two_workloads(10, 1);
  experiment.ignore_noise = true;
  Plan plan = plan_with(experiment, 3);
  EXPECT_EQ(run(plan, disturb_round_1_of_long).size(), 10 * 2 * 3);
  EXPECT_EQ(plan.disturbed().size(), 1);
}

TEST(PlanRounds, RunsAtMost30PercentOfTheBlocksAgain) {
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

TEST(PlanRounds, DoesNotLookAtWhatTheServersDid) {
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

TEST(PlanRounds, AddsRoundsOfTheCellsThatAreTooWide) {
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

TEST(PlanRounds, EndsWhenAllCellsAreNarrow) {
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

TEST(PlanRounds, AddsNoRoundsForAServerThatAlwaysFails) {
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

TEST(PlanRounds, AddsAtMostAThousandRounds) {
  Experiment experiment = two_workloads(1, 1);
  experiment.precision = 0.02;
  Plan plan(experiment, names(2), {{1}, {}});
  const auto records = run(plan, [](const auto& trial, auto& record) {
    record.load->requests_per_second = trial.round % 2 == 0 ? 9'000 : 11'000;
  });
  EXPECT_EQ(records.size(), static_cast<std::size_t>(kMostRounds));
  EXPECT_EQ(plan.end(), PlanEnd::round_limit);
}

TEST(PlanRounds, EndsAfterTheTrialThatCrossesTheBudget) {
  Experiment experiment = two_workloads(10, 1);
  experiment.time_budget_ns = 9 * kSecond + 1;
  Plan plan = plan_with(experiment, 3);
  EXPECT_EQ(run(plan).size(), 10);
  EXPECT_EQ(plan.end(), PlanEnd::time_budget);
}

TEST(PlanRounds, RunsOneWholeRoundWhateverTheBudget) {
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

TEST(PlanRounds, GoesOnAfterEveryCutAsItWouldHaveGoneOn) {
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

}  // namespace
}  // namespace sockmark
