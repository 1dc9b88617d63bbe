#include "harness/plan/experiment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/plan/dry_run.h"
#include "harness/plan/experiment_file.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

// As an installation has them: the tests are elsewhere in the build tree.
Experiment shipped(const std::string& name) {
  return read_experiment(std::string(BUILD_DIR) + "/presets/" + name + ".json");
}

TEST(Presets, StandardHasAllWorkloadsAndEnoughRoundsForAnInterval) {
  const Experiment standard = shipped("standard");
  ASSERT_EQ(standard.workloads.size(), 3);
  EXPECT_FALSE(standard.workloads[0].workload.keep_alive);
  EXPECT_TRUE(standard.workloads[1].workload.keep_alive);
  EXPECT_TRUE(standard.workloads[2].workload.rate_per_second);
  EXPECT_GE(standard.rounds(), 6);
}

TEST(Presets, QuickIsOneRoundOfShort) {
  const Experiment quick = shipped("quick");
  ASSERT_EQ(quick.workloads.size(), 1);
  EXPECT_EQ(quick.workloads[0].workload.name, "short");
  EXPECT_EQ(quick.rounds(), 1);
}

TEST(Presets, FullReachesTheEndsOfItsCurves) {
  const Experiment full = shipped("full");
  Workload most;
  most.connections = 0;
  for (const WorkloadPlan& plan : full.workloads) {
    const Workload& w = plan.workload;
    most.connections = std::max(most.connections, w.connections);
    most.body_bytes = std::max(most.body_bytes, w.body_bytes);
    most.idle_connections = std::max(most.idle_connections, w.idle_connections);
    if (w.work != "none") most.work = w.work;
  }
  EXPECT_EQ(most.connections, 1024);
  EXPECT_EQ(most.body_bytes, 1 << 20);
  EXPECT_EQ(most.idle_connections, 10'000);
  EXPECT_NE(most.work, "none");
  EXPECT_EQ(full.rounds(), 3);
}

TEST(WithTools, LeavesOutWhatAToolCannotDo) {
  const auto workloads =
      with_tools(shipped("standard").workloads, {"loadgen", "wrk"});
  ASSERT_EQ(workloads.size(), 3);
  EXPECT_EQ(workloads[0].tools, (std::vector<std::string>{"loadgen", "wrk"}));
  EXPECT_EQ(workloads[2].tools, std::vector<std::string>{"loadgen"});
  EXPECT_EQ(with_tools(shipped("standard").workloads, {"wrk"}).size(), 2);
}

TEST(WithConnections, HasEachCountOnce) {
  const auto once = with_connections(shipped("standard").workloads, {1, 8});
  EXPECT_EQ(once.size(), 6);
  EXPECT_EQ(with_connections(once, {1, 8}).size(), 6);
}

TEST(WithNames, RefusesOneThatIsNotThere) {
  const auto workloads = shipped("standard").workloads;
  EXPECT_EQ(with_names(workloads, {"long"}).size(), 1);
  EXPECT_THROW(with_names(workloads, {"wide"}), std::invalid_argument);
}

TEST(DryRun, TellsTrialsTimeAndOrder) {
  const Experiment standard = shipped("standard");
  const std::vector<std::string> servers = {"poll", "select"};
  const Lineup lineup(3, {0, 1});
  const std::string text = describe_plan(standard, servers, lineup);
  EXPECT_THAT(text, HasSubstr("2 servers, 3 workloads, 6 rounds: 36 trials"));
  EXPECT_THAT(text, HasSubstr("of that time is measured"));
  EXPECT_THAT(text, HasSubstr("  1 round 1 "));
  EXPECT_THAT(text, HasSubstr("servers: poll, select"));
}

}  // namespace
}  // namespace sockmark
