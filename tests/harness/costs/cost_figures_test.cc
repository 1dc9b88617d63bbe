// From readings that nobody took.
#include "harness/costs/cost_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

constexpr std::int64_t kMillisecond = 1'000'000;

Workload long_load() {
  Workload workload;
  workload.connections = 8;
  workload.idle_connections = 2;
  return workload;
}

Workload short_load() {
  Workload workload = long_load();
  workload.keep_alive = false;
  return workload;
}

// One second, of which the samples bound half.
LoadResult load() {
  LoadResult load;
  load.completed = 1000;
  load.measured_ns = 1000 * kMillisecond;
  return load;
}

CostReadings readings() {
  CostReadings readings;
  readings.idle = {.processes = 1, .threads = 2, .zombies = 0, .fds = 5};
  readings.idle_memory = {.bytes = 1'000'000, .why_not = ""};
  CostSample first;
  first.cpu = {.sum_ns = 100 * kMillisecond,
               .user_ns = 40 * kMillisecond,
               .system_ns = 60 * kMillisecond};
  first.activity = {.switches_voluntary = 10, .switches_involuntary = 1};
  CostSample last = first;
  last.at += milliseconds(500);
  last.cpu = {.sum_ns = 340 * kMillisecond,
              .user_ns = 80 * kMillisecond,
              .system_ns = 180 * kMillisecond};
  last.activity.switches_voluntary = 110;
  last.activity.switches_involuntary = 6;
  readings.first = first;
  readings.last = last;
  readings.loaded_memory = {.bytes = 1'500'000, .why_not = ""};
  readings.left = {.processes = 1, .threads = 2, .zombies = 0, .fds = 5};
  readings.peak = {.processes = 3, .threads = 4, .zombies = 0, .fds = 50};
  readings.peak_rss_bytes = 2'000'000;
  return readings;
}

TEST(Resources, AreScaledToTheMeasuredWindow) {
  const Resources r = resources_from(readings(), long_load(), load());
  EXPECT_EQ(r.cpu_source, "schedstat");
  EXPECT_EQ(r.cpu_ns_per_request, 480'000);
  EXPECT_EQ(r.cpu_user_ns, 120 * kMillisecond);    // 40 of 160 ticked ms
  EXPECT_EQ(r.cpu_system_ns, 360 * kMillisecond);  // 120 of them
  EXPECT_EQ(r.context_switches_voluntary, 200);
  EXPECT_EQ(r.context_switches_involuntary, 10);
  EXPECT_EQ(r.pss_idle_bytes, 1'000'000);
  EXPECT_EQ(r.pss_loaded_bytes, 1'500'000);
  EXPECT_EQ(r.pss_bytes_per_connection, 50'000);
  EXPECT_EQ(r.peak_rss_bytes, 2'000'000);
  EXPECT_EQ(r.processes_peak, 3);
  EXPECT_EQ(r.threads_peak, 4);
  EXPECT_EQ(r.fds_peak, 50);
  EXPECT_THAT(r.unavailable, testing::IsEmpty());
}

TEST(Resources, TakeTheGroupsAccountWhereThereIsOne) {
  CostReadings grouped = readings();
  grouped.first->group = CpuTime{.user_ns = 0, .system_ns = 0};
  grouped.last->group =
      CpuTime{.user_ns = 50 * kMillisecond, .system_ns = 200 * kMillisecond};
  const Resources r = resources_from(grouped, long_load(), load());
  EXPECT_EQ(r.cpu_source, "cgroup");
  EXPECT_EQ(r.cpu_ns_per_request, 500'000);
  EXPECT_EQ(r.cpu_user_ns, 100 * kMillisecond);
  EXPECT_EQ(r.cpu_system_ns, 400 * kMillisecond);
}

TEST(Resources, DoNotUseAGroupThatLostAProcess) {
  CostReadings lost = readings();
  lost.first->group = CpuTime{};
  EXPECT_EQ(resources_from(lost, long_load(), load()).cpu_source, "schedstat");
}

TEST(Resources, HaveNoSplitThatNoTickHasSeen) {
  CostReadings brief = readings();
  brief.last->cpu.user_ns = brief.first->cpu.user_ns;
  brief.last->cpu.system_ns = brief.first->cpu.system_ns;
  const Resources r = resources_from(brief, long_load(), load());
  EXPECT_EQ(r.cpu_ns_per_request, 480'000);
  EXPECT_FALSE(r.cpu_user_ns.has_value());
  EXPECT_THAT(r.unavailable.at("cpu_user_ns"), HasSubstr("ticks"));
}

TEST(Resources, HaveAReasonForEachFigureThatIsAbsent) {
  CostReadings none;
  none.idle_memory.why_not = "not permitted";
  const Resources r = resources_from(none, long_load(), {});
  EXPECT_FALSE(r.cpu_ns_per_request.has_value());
  for (const char* const name :
       {"cpu_user_ns", "cpu_system_ns", "cpu_ns_per_request", "cpu_source",
        "context_switches_voluntary", "context_switches_involuntary",
        "peak_rss_bytes", "pss_idle_bytes", "pss_loaded_bytes",
        "pss_bytes_per_connection", "fds_peak", "leaked.fds", "leaked.threads",
        "leaked.processes", "leaked.zombies"}) {
    ASSERT_TRUE(r.unavailable.contains(name)) << name;
    EXPECT_NE(r.unavailable.at(name), "") << name;
  }
}

TEST(Resources, HaveNoMemoryPerConnectionOfConnectionsThatDoNotStay) {
  const Resources r = resources_from(readings(), short_load(), load());
  EXPECT_FALSE(r.pss_bytes_per_connection.has_value());
  EXPECT_TRUE(r.unavailable.contains("pss_bytes_per_connection"));
}

TEST(Leaks, AreWhatIsThereThatWasNot) {
  CostReadings leaky = readings();
  leaky.left = {.processes = 2, .threads = 5, .zombies = 4, .fds = 8};
  const auto leaked = resources_from(leaky, long_load(), load()).leaked;
  EXPECT_EQ(leaked.processes, 1);
  EXPECT_EQ(leaked.threads, 3);
  EXPECT_EQ(leaked.zombies, 4);
  EXPECT_EQ(leaked.fds, 3);
}

TEST(Leaks, AreNoneWhereThereIsLessThanBefore) {
  CostReadings less = readings();
  less.left = {.processes = 1, .threads = 1, .zombies = 0, .fds = 4};
  const auto leaked = resources_from(less, long_load(), load()).leaked;
  EXPECT_EQ(leaked.threads, 0);
  EXPECT_EQ(leaked.fds, 0);
}

TEST(Switches, AreUnknownWhereTasksCameAndWent) {
  CostReadings seen = readings();
  seen.same_tasks = false;
  CostReadings waited = readings();
  waited.last->activity.children_faults = 30;
  for (const CostReadings& changed : {seen, waited}) {
    const Resources r = resources_from(changed, long_load(), load());
    EXPECT_FALSE(r.context_switches_voluntary.has_value());
    EXPECT_THAT(r.unavailable.at("context_switches_voluntary"),
                HasSubstr("ended"));
  }
}

TEST(Switches, AreUnknownWhereEachConnectionMayHaveHadATaskThatNobodySaw) {
  CostReadings unseen = readings();
  unseen.first->machine.forks = 5000;
  unseen.last->machine.forks = 5499;  // others fork, too
  EXPECT_FALSE(tasks_came_and_went(unseen, 1000));
  unseen.last->machine.forks = 5500;
  EXPECT_TRUE(tasks_came_and_went(unseen, 1000));
  EXPECT_FALSE(tasks_came_and_went(unseen, 0));
}

TEST(Machine, HasAReasonForEachFigureWhenThereWasNoWindow) {
  const MachineUse use = machine_from({}, long_load(), {});
  EXPECT_FALSE(use.window_ns.has_value());
  EXPECT_EQ(use.unavailable.size(), 9);
}

CostReadings with_machine() {
  CostReadings r = readings();
  MachineSample& before = r.first->machine;
  MachineSample& after = r.last->machine;
  before.clocks.sees_all = after.clocks.sees_all = true;
  after.at = before.at + milliseconds(500);
  CpuTicks ticks;
  ticks.cpus = 2;
  ticks.steal = 3;
  before.ticks = ticks;
  ticks.idle = 30;
  ticks.steal = 5;
  after.ticks = ticks;
  before.pressure_ns = 0;
  after.pressure_ns = 50 * kMillisecond;
  before.listen_drops = 7;
  after.listen_drops = 9;
  after.time_wait = 12;
  return r;
}

TEST(Machine, IsWhatHappenedBetweenTheSamples) {
  const MachineUse use = machine_from(with_machine(), long_load(), load());
  EXPECT_EQ(use.window_ns, 500 * kMillisecond);
  EXPECT_EQ(use.cpus, 2);
  EXPECT_EQ(use.steal_ns, 20 * kMillisecond);
  EXPECT_EQ(use.cpu_pressure, 0.1);
  EXPECT_EQ(use.listen_drops, 2);
  EXPECT_EQ(use.time_wait_sockets, 12);
  EXPECT_FALSE(use.listen_overflows.has_value());
  EXPECT_TRUE(use.unavailable.contains("listen_overflows"));
  // 1000 ms, less 320 idle or stolen, 240 of the server's, two ticks.
  EXPECT_EQ(use.foreign_cpu_ns, 420 * kMillisecond);
}

// The kernel's total grows in steps, some of them for what was before.
TEST(Machine, HasTasksWaitAllOfTheTimeAtMost) {
  CostReadings readings = with_machine();
  readings.last->machine.pressure_ns = 510 * kMillisecond;
  EXPECT_EQ(machine_from(readings, long_load(), load()).cpu_pressure, 1);
}

// A server whose children end unseen, without a group: what it used itself must
// not pass for foreign.
TEST(Machine, TrustsOnlyTheLivingWhereTheServersOwnTimeIsUnsure) {
  CostReadings unsure = with_machine();
  unsure.same_tasks = false;
  unsure.last->machine.clocks.foreign[{7, 1}] = 5;
  EXPECT_EQ(machine_from(unsure, long_load(), load()).foreign_cpu_ns, 5);
}

}  // namespace
}  // namespace sockmark
