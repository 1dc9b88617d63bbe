#include "harness/machine/virtualisation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/fake_machine.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

TEST(Virtualisation, TakesTheWordOfSystemd) {
  const FakeMachine machine;
  const auto found = read_virtualisation(
      machine.files(), {.hypervisor = "kvm", .container = "lxc"});
  EXPECT_EQ(found.hypervisor.value, "kvm");
  EXPECT_EQ(found.container.value, "lxc");
}

TEST(Virtualisation, FindsTheSignsItself) {
  FakeMachine machine;
  machine.with("/proc/cpuinfo", "flags : fpu sse2\n")
      .with("/proc/1/cgroup", "0::/init.scope\n")
      .with("/sys/class/dmi/id/sys_vendor", "Dell Inc.\n")
      .with("/sys/class/dmi/id/product_name", "PowerEdge R640\n");
  auto found = read_virtualisation(machine.files(), {});
  EXPECT_EQ(found.hypervisor.value, "none");
  EXPECT_EQ(found.container.value, "none");
  EXPECT_EQ(found.vendor.value, "Dell Inc.");
  EXPECT_EQ(found.product.value, "PowerEdge R640");

  machine.with("/proc/1/cgroup", "0::/kubepods/pod1\n");
  EXPECT_EQ(read_virtualisation(machine.files(), {}).container.value,
            "kubepods");
  machine.with("/run/.containerenv", "");
  EXPECT_EQ(read_virtualisation(machine.files(), {}).container.value, "podman");
  machine.with("/.dockerenv", "");
  EXPECT_EQ(read_virtualisation(machine.files(), {}).container.value, "docker");
}

TEST(Virtualisation, DoesNotGuessWhichHypervisor) {
  FakeMachine machine;
  EXPECT_FALSE(read_virtualisation(machine.files(), {}).hypervisor.value);
  EXPECT_FALSE(read_virtualisation(machine.files(), {}).container.value);
  machine.with("/proc/cpuinfo", "flags : fpu hypervisor\n");
  EXPECT_THAT(read_virtualisation(machine.files(), {}).hypervisor.why_not,
              HasSubstr("not which"));
  machine.with("/sys/hypervisor/type", "xen\n");
  EXPECT_EQ(read_virtualisation(machine.files(), {}).hypervisor.value, "xen");
}

}  // namespace
}  // namespace sockmark
