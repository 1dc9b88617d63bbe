#include "harness/machine/cpu_frequency.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/fake_machine.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

const std::string kFolder = "/sys/devices/system/cpu/";

TEST(CpuFrequency, OfIntelPstate) {
  FakeMachine machine;
  machine.with(kFolder + "cpu0/cpufreq/scaling_governor", "powersave\n")
      .with(kFolder + "cpu0/cpufreq/scaling_driver", "intel_pstate\n")
      .with(kFolder + "cpu0/cpufreq/scaling_cur_freq", "3100000\n")
      .with(kFolder + "intel_pstate/no_turbo", "0\n");
  const CpuFrequency frequency = read_cpu_frequency(machine.files());
  EXPECT_EQ(frequency.governor.value, "powersave");
  EXPECT_EQ(frequency.driver.value, "intel_pstate");
  EXPECT_EQ(frequency.current_hz.value, 3'100'000'000);
  EXPECT_EQ(frequency.turbo.value, true);
}

TEST(CpuFrequency, OfADriverThatHasBoost) {
  FakeMachine machine;
  machine.with(kFolder + "cpufreq/boost", "0\n");
  EXPECT_EQ(read_cpu_frequency(machine.files()).turbo.value, false);
}

TEST(CpuFrequency, NamesEveryGovernorThereIs) {
  FakeMachine machine;
  machine.with(kFolder + "cpu0/cpufreq/scaling_governor", "performance\n")
      .with(kFolder + "cpu1/cpufreq/scaling_governor", "schedutil\n")
      .with(kFolder + "cpufreq/policy0/scaling_governor", "nobody's\n");
  EXPECT_EQ(read_cpu_frequency(machine.files()).governor.value,
            "performance,schedutil");
}

TEST(CpuFrequency, OfAGuestThatIsToldNothing) {
  FakeMachine machine;
  machine.with("/proc/cpuinfo", "cpu MHz\t: 2599.998\n");
  const CpuFrequency frequency = read_cpu_frequency(machine.files());
  EXPECT_EQ(frequency.current_hz.value, 2'599'998'000);
  EXPECT_FALSE(frequency.governor.value);
  EXPECT_THAT(frequency.governor.why_not, HasSubstr("scaling_governor"));
  EXPECT_FALSE(frequency.turbo.value);
  EXPECT_THAT(frequency.turbo.why_not, HasSubstr("boost"));
}

}  // namespace
}  // namespace sockmark
