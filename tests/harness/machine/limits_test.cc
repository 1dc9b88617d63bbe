#include "harness/machine/limits.h"

#include <gtest/gtest.h>

#include "tests/harness/fake_machine.h"

namespace sockmark {
namespace {

constexpr const char* kLimits =
    "Limit                     Soft Limit           Hard Limit           Units "
    "    \n"
    "Max processes             96365                96365                "
    "processes \n"
    "Max open files            1024                 524288               files "
    "    \n"
    "Max locked memory         unlimited            unlimited            bytes "
    "    \n";

TEST(ParseLimits, ReadsSoftAndHard) {
  const Limits limits = parse_limits(kLimits);
  EXPECT_EQ(limits.descriptors.value, 1024);
  EXPECT_EQ(limits.descriptors_hard.value, 524'288);
  EXPECT_EQ(limits.processes.value, 96'365);
}

TEST(ParseLimits, HasNoNumberForNoLimit) {
  const Limits limits = parse_limits(kLimits);
  EXPECT_FALSE(limits.locked_memory_bytes.value);
  EXPECT_EQ(limits.locked_memory_bytes.why_not, "unlimited");
}

TEST(ParseLimits, SaysWhatItDidNotFind) {
  EXPECT_EQ(parse_limits("").descriptors.why_not,
            "no 'Max open files' in /proc/self/limits");
}

TEST(MachineLoad, ReadsMemorySwapAndLoad) {
  FakeMachine machine;
  machine
      .with("/proc/meminfo",
            "MemTotal:       16000000 kB\nMemAvailable:    8000000 kB\n"
            "SwapTotal:       2000 kB\nSwapFree:        1500 kB\n")
      .with("/proc/loadavg", "0.92 1.21 1.61 3/102 17675\n")
      .with("/proc/uptime", "12.50 20.00\n");
  const MachineLoad load = read_machine_load(machine.files());
  EXPECT_EQ(load.memory_bytes.value, 16'384'000'000);
  EXPECT_EQ(load.memory_available_bytes.value, 8'192'000'000);
  EXPECT_EQ(load.swap_bytes.value, 2'048'000);
  EXPECT_EQ(load.swap_used_bytes.value, 512'000);
  EXPECT_EQ(load.load_1m.value, 0.92);
  EXPECT_EQ(load.runnable.value, 3);
  EXPECT_EQ(load.uptime_ns.value, 12'500'000'000);
}

TEST(MachineLoad, SaysWhatIsNotThere) {
  FakeMachine machine;
  machine.with("/proc/meminfo", "MemTotal: 1 kB\n");
  const MachineLoad load = read_machine_load(machine.files());
  EXPECT_EQ(load.swap_used_bytes.why_not, "no SwapFree in /proc/meminfo");
  EXPECT_EQ(load.runnable.why_not, "no /proc/loadavg");
}

}  // namespace
}  // namespace sockmark
