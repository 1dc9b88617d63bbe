#include "harness/machine/machine_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/process/child.h"
#include "tests/harness/fake_machine.h"

namespace sockmark {
namespace {

using std::chrono::nanoseconds;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(ParseCpuTimes, AddsUpWhatIsBusy) {
  const auto times =
      parse_cpu_times("cpu  100 20 30 1000 50 4 6 7 90 0\ncpu0 1 2 3\n");
  ASSERT_TRUE(times);
  EXPECT_EQ(times->busy, 160);
  EXPECT_EQ(times->idle, 1050);
  EXPECT_EQ(times->stolen, 7);
}

TEST(ParseCpuTimes, RefusesWhatIsNone) {
  for (const char* const text :
       {"", "cpu 1 2 3", "cpu0 1 2 3 4 5 6 7 8", "cpu a b c d e f g h"}) {
    EXPECT_FALSE(parse_cpu_times(text)) << text;
  }
}

TEST(ObserveMachine, SaysWhatItCouldNotSee) {
  const FakeMachine machine;
  const MachineState state =
      observe_machine(machine.files(), {}, nanoseconds(0));
  EXPECT_FALSE(state.busy_share.value);
  EXPECT_THAT(state.busy_share.why_not, HasSubstr("/proc/stat"));
  EXPECT_THAT(state.no_cgroup, HasSubstr("no control group is mounted"));
  EXPECT_THAT(state.no_trace_point, HasSubstr("sys_enter/id"));
  EXPECT_FALSE(state.has_tracefs);
}

TEST(ObserveMachine, FindsWhetherAGroupCanBeMade) {
  const TemporaryFolder folder;
  CgroupLimits cgroup;
  cgroup.folder = folder.path().string();
  const FakeMachine machine;
  EXPECT_EQ(observe_machine(machine.files(), cgroup, nanoseconds(0)).no_cgroup,
            "");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));  // it was taken away
  cgroup.folder = (folder.path() / "gone").string();
  EXPECT_THAT(
      observe_machine(machine.files(), cgroup, nanoseconds(0)).no_cgroup,
      HasSubstr("gone"));
}

TEST(ObserveMachine, SeesTracePoints) {
  FakeMachine machine;
  machine.with("/sys/kernel/tracing/events/raw_syscalls/sys_enter/id", "400\n");
  const MachineState state =
      observe_machine(machine.files(), {}, nanoseconds(0));
  EXPECT_EQ(state.no_trace_point, "");
  EXPECT_TRUE(state.has_tracefs);
}

TEST(ObserveMachine, DoesNotTakeAChildOfItsOwnForAnotherRun) {
  const Child child({.argv = {"sleep", "60"}, .cpus = {}});
  FakeMachine machine;
  machine.with("/proc/" + std::to_string(child.pid()) + "/comm", "sockmark\n")
      .with("/proc/1/comm", "sockmark\n");
  EXPECT_THAT(
      observe_machine(machine.files(), {}, nanoseconds(0)).other_sockmarks,
      ElementsAre(1));
}

TEST(OthersNamed, FindsProcessesByNameButTheOneWhoAsks) {
  FakeMachine machine;
  machine.with("/proc/12/comm", "sockmark\n")
      .with("/proc/13/comm", "sockmark\n")
      .with("/proc/14/comm", "bash\n")
      .with("/proc/self/comm", "sockmark\n");
  EXPECT_THAT(others_named(machine.files(), "sockmark", 13), ElementsAre(12));
}

}  // namespace
}  // namespace sockmark
