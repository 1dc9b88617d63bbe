#include "harness/machine/kernel_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/fake_machine.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

TEST(ChosenIn, FindsTheChoice) {
  EXPECT_EQ(chosen_in("always [madvise] never"), "madvise");
  EXPECT_EQ(chosen_in("none voluntary (full)"), "full");
  EXPECT_EQ(chosen_in("never"), std::nullopt);
  EXPECT_EQ(chosen_in("]["), std::nullopt);
}

TEST(KernelSettings, ReadsWhatTheKernelWasTold) {
  FakeMachine machine;
  machine.with("/proc/version", "Linux version 6.1.0-18-amd64 #1 SMP\n")
      .with("/proc/cmdline", "root=/dev/sda1 mitigations=off\n")
      .with("/sys/kernel/mm/transparent_hugepage/enabled",
            "[always] madvise never\n")
      .with("/sys/devices/system/clocksource/clocksource0/current_clocksource",
            "hpet\n")
      .with("/sys/devices/system/cpu/vulnerabilities/meltdown",
            "Mitigation: PTI\n")
      .with("/proc/sys/net/core/somaxconn", "128\n")
      .with("/proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
  const KernelSettings settings = read_kernel_settings(machine.files());
  EXPECT_THAT(*settings.version.value, HasSubstr("6.1.0-18"));
  EXPECT_THAT(*settings.command_line.value, HasSubstr("mitigations=off"));
  EXPECT_EQ(settings.transparent_hugepages.value, "always");
  EXPECT_EQ(settings.clock_source.value, "hpet");
  EXPECT_EQ(settings.mitigations.value->at("meltdown"), "Mitigation: PTI");
  EXPECT_EQ(settings.sysctls.at("net.core.somaxconn").value, "128");
  EXPECT_EQ(settings.sysctls.at("net.ipv4.ip_local_port_range").value,
            "32768\t60999");
}

TEST(KernelSettings, SaysWhichSysctlTheKernelHasNot) {
  const FakeMachine machine;
  const KernelSettings settings = read_kernel_settings(machine.files());
  EXPECT_EQ(settings.sysctls.at("kernel.io_uring_disabled").why_not,
            "no /proc/sys/kernel/io_uring_disabled");
  EXPECT_FALSE(settings.mitigations.value);
}

std::optional<std::string> preemption(const FakeMachine& machine) {
  return read_kernel_settings(machine.files()).preemption.value;
}

TEST(KernelSettings, AsksTheSchedulerForItsPreemptionFirst) {
  FakeMachine machine;
  machine.with("/proc/version", "Linux version 6.1 #1 SMP PREEMPT_DYNAMIC x\n");
  EXPECT_EQ(preemption(machine), std::nullopt);
  machine.with("/proc/cmdline", "quiet preempt=none\n");
  EXPECT_EQ(preemption(machine), "none");
  machine.with("/sys/kernel/debug/sched/preempt", "none (voluntary) full\n");
  EXPECT_EQ(preemption(machine), "voluntary");
}

TEST(KernelSettings, ReadsThePreemptionThatTheBuildDecided) {
  FakeMachine machine;
  machine.with("/proc/version", "Linux version 6.1-rt #1 SMP PREEMPT_RT x\n");
  EXPECT_EQ(preemption(machine), "rt");
  machine.with("/proc/version", "Linux version 5.4 #1 SMP PREEMPT x\n");
  EXPECT_EQ(preemption(machine), "full");
}

}  // namespace
}  // namespace sockmark
