#include "harness/plan.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <utility>

namespace sockmark {
namespace {

Experiment two_workloads(int rounds, std::uint64_t seed) {
  Experiment experiment;
  experiment.workloads.resize(2);
  experiment.workloads[0].duration_ns = 1'000'000'000;
  experiment.workloads[1].duration_ns = 2'000'000'000;
  experiment.rounds = rounds;
  experiment.seed = seed;
  return experiment;
}

using Cell = std::pair<std::size_t, std::size_t>;

std::vector<Cell> cells_in_order(const std::vector<PlannedTrial>& plan) {
  std::vector<Cell> cells;
  for (const PlannedTrial& trial : plan) {
    cells.emplace_back(trial.server, trial.workload);
  }
  return cells;
}

TEST(Plan, HasEveryServerWithEveryWorkloadOnceARound) {
  const auto plan = plan_trials(5, two_workloads(3, 1));
  ASSERT_EQ(plan.size(), 5 * 2 * 3);
  std::set<std::pair<int, Cell>> seen;
  for (const PlannedTrial& trial : plan) {
    seen.insert({trial.round, {trial.server, trial.workload}});
  }
  EXPECT_EQ(seen.size(), plan.size());
}

TEST(Plan, FinishesARoundBeforeTheNextAndNumbersTheTrials) {
  const auto plan = plan_trials(5, two_workloads(3, 1));
  for (std::size_t i = 0; i < plan.size(); ++i) {
    EXPECT_EQ(plan[i].index, static_cast<int>(i));
    EXPECT_EQ(plan[i].round, static_cast<int>(i / 10));
    EXPECT_EQ(plan[i].order, static_cast<int>(i % 10));
  }
}

TEST(Plan, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const auto plan = cells_in_order(plan_trials(9, two_workloads(2, 7)));
  EXPECT_EQ(plan, cells_in_order(plan_trials(9, two_workloads(2, 7))));
  EXPECT_NE(plan, cells_in_order(plan_trials(9, two_workloads(2, 8))));
}

TEST(Plan, ShufflesEachRoundAnew) {
  const auto cells = cells_in_order(plan_trials(9, two_workloads(2, 1)));
  const std::vector<Cell> first(cells.begin(), cells.begin() + 18);
  const std::vector<Cell> second(cells.begin() + 18, cells.end());
  EXPECT_NE(first, second);
}

// A plan that differs between machines or releases would not be the same run.
TEST(Plan, OfAKnownSeedNeverChanges) {
  const auto cells = cells_in_order(plan_trials(3, two_workloads(1, 1)));
  const std::vector<Cell> expected = {{1, 0}, {0, 1}, {0, 0},
                                      {1, 1}, {2, 1}, {2, 0}};
  EXPECT_EQ(cells, expected);
}

TEST(Plan, ExpectsAtLeastTheLoadItself) {
  const Experiment experiment = two_workloads(3, 1);
  const auto plan = plan_trials(4, experiment);
  const std::chrono::seconds load(4 * 3 * (1 + 2));
  EXPECT_GT(expected_duration(plan, experiment), load);
  EXPECT_LT(expected_duration(plan, experiment), load * 2);
}

TEST(Preset, StandardHasAllWorkloadsAndEnoughRoundsForAnInterval) {
  const Experiment standard = preset("standard");
  ASSERT_EQ(standard.workloads.size(), 3);
  EXPECT_FALSE(standard.workloads[0].keep_alive);
  EXPECT_TRUE(standard.workloads[1].keep_alive);
  EXPECT_TRUE(standard.workloads[2].rate_per_second);
  EXPECT_GE(standard.rounds, 3);
}

TEST(Preset, QuickIsOneRoundOfShort) {
  const Experiment quick = preset("quick");
  ASSERT_EQ(quick.workloads.size(), 1);
  EXPECT_EQ(quick.workloads[0].name, "short");
  EXPECT_EQ(quick.rounds, 1);
}

TEST(Preset, RefusesAnUnknownName) {
  EXPECT_THROW(preset("slow"), std::invalid_argument);
}

TEST(WithTools, RepeatsEachWorkloadForEachTool) {
  const auto workloads =
      with_tools(preset("standard").workloads, {"loadgen", "wrk"});
  ASSERT_EQ(workloads.size(), 5);
  EXPECT_EQ(workloads[0].tool, "loadgen");
  EXPECT_EQ(workloads[1].tool, "wrk");
  EXPECT_EQ(workloads[0].name, workloads[1].name);
  EXPECT_EQ(workloads[4].tool, "loadgen") << "wrk holds no rate";
}

}  // namespace
}  // namespace sockmark
