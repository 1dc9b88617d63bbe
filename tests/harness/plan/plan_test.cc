#include "harness/plan/plan.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

#include "tests/harness/planned_run.h"

namespace sockmark {
namespace {

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
