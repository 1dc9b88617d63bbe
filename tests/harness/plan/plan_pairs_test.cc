// Plans of pairs: who is first, and what a comparison adds.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "harness/plan/plan.h"
#include "tests/harness/planned_run.h"

namespace sockmark {
namespace {

// Which of two was first, round by round.
std::string turns_of(const std::vector<TrialRecord>& records) {
  std::string turns;
  for (std::size_t i = 0; i + 1 < records.size(); i += 2) {
    turns += records[i].server.name == "s0" ? 'a' : 'b';
    EXPECT_NE(records[i].server.name, records[i + 1].server.name);
    EXPECT_EQ(records[i].round, records[i + 1].round);
  }
  return turns;
}

Experiment one_pair(int rounds, std::uint64_t seed) {
  Experiment experiment = two_workloads(rounds, seed);
  experiment.workloads.pop_back();
  return experiment;
}

TEST(PlanPairs, HasEitherOfTwoFirstInOneOfTwoRounds) {
  std::set<std::string> all;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Plan plan = plan_with(one_pair(10, seed), 2);
    const std::string turns = turns_of(run(plan));
    ASSERT_EQ(turns.size(), 10);
    for (std::size_t i = 0; i < turns.size(); i += 2) {
      EXPECT_NE(turns[i], turns[i + 1]) << turns;
    }
    all.insert(turns);
  }
  EXPECT_GT(all.size(), 10) << "by the seed";
}

TEST(PlanPairs, KeepsTheTurnsOfABlockThatIsRunAgain) {
  Plan plain = plan_with(one_pair(4, 1), 2);
  const std::string turns = turns_of(run(plain));
  Plan plan = plan_with(one_pair(4, 1), 2);
  const auto records = run(plan, [](const auto& trial, auto& record) {
    if (trial.round == 1 && trial.attempt == 0) {
      record.machine.foreign_cpu_ns = kSecond;
    }
  });
  ASSERT_EQ(records.size(), 10);
  EXPECT_EQ(turns_of(records), turns.substr(0, 2) + turns.substr(1));
}

TEST(PlanPairs, CanBeExtendedByRoundsOfSomeWorkloads) {
  const Experiment experiment = two_workloads(4, 3);
  Plan plan = plan_with(experiment, 2);
  const auto first = run(plan);
  plan.extend({1}, 8);
  EXPECT_EQ(plan.expected_trials(), 16 + 8);
  const auto added = run(plan);
  ASSERT_EQ(added.size(), 8);
  for (std::size_t i = 0; i < added.size(); ++i) {
    EXPECT_EQ(added[i].workload.name, "long");
    EXPECT_EQ(added[i].round, 4 + static_cast<int>(i / 2));
    EXPECT_EQ(added[i].index, 16 + static_cast<int>(i));
  }
  EXPECT_EQ(plan.end(), PlanEnd::complete);
  EXPECT_FALSE(plan.next());
}

TEST(PlanPairs, CountsSystemCallsInTheFirstRoundOrInAll) {
  const Experiment experiment = two_workloads(2, 1);
  for (const CallCounts counts :
       {CallCounts::first_round, CallCounts::every_trial}) {
    Plan plan(experiment, names(2), {{0, 1}, {0, 1}}, counts);
    int counted = 0;
    while (const auto trial = plan.next()) {
      counted += trial->count_system_calls ? 1 : 0;
      plan.add(record_of(*trial, nothing_special));
    }
    EXPECT_EQ(counted, counts == CallCounts::every_trial ? 8 : 4);
  }
}

// As many as the added rounds allow: what was not run again before stays so.
TEST(PlanPairs, RunsMoreBlocksAgainWhenItIsExtended) {
  const auto disturbed = [](const auto&, auto& record) {
    record.machine.foreign_cpu_ns = kSecond;
  };
  Plan plan = plan_with(one_pair(10, 1), 2);
  run(plan, disturbed);
  EXPECT_EQ(plan.reruns(), 3);
  plan.extend({0}, 20);
  run(plan, disturbed);
  EXPECT_EQ(plan.reruns(), 6);
  EXPECT_EQ(plan.disturbed().size(), 20);
}

}  // namespace
}  // namespace sockmark
