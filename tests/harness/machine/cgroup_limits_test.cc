#include "harness/machine/cgroup_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/fake_machine.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kMountV2 =
    "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n";

TEST(ParseCgroups, TellsTheVersionsApart) {
  const auto groups = parse_cgroups("4:cpu,cpuacct:/a:b\n0::/user.slice\n");
  ASSERT_EQ(groups.size(), 2);
  EXPECT_THAT(groups[0].controllers, ElementsAre("cpu", "cpuacct"));
  EXPECT_EQ(groups[0].path, "/a:b");
  EXPECT_THAT(groups[1].controllers, ElementsAre());
  EXPECT_EQ(groups[1].path, "/user.slice");
}

TEST(ParseCgroupMounts, LeavesOtherMountsOut) {
  const auto mounts = parse_cgroup_mounts(
      std::string("27 1 254:0 / / rw - ext4 /dev/vda rw\n") + kMountV2 +
      "32 31 0:29 /docker/1 /sys/fs/cgroup/cpu rw shared:1 - cgroup c rw,cpu\n"
      "nonsense\n");
  ASSERT_EQ(mounts.size(), 2);
  EXPECT_EQ(mounts[0].version, 2);
  EXPECT_EQ(mounts[1].version, 1);
  EXPECT_THAT(mounts[1].options, ElementsAre("rw", "cpu"));
  EXPECT_EQ(mounts[1].root, "/docker/1");
  EXPECT_EQ(mounts[1].point, "/sys/fs/cgroup/cpu");
}

TEST(FolderOf, LeavesOutWhatAContainerDoesNotSee) {
  const CgroupMount part{
      .version = 2, .options = {}, .root = "/docker/1", .point = "/cg"};
  EXPECT_EQ(folder_of(part, "/docker/1"), "/cg");
  EXPECT_EQ(folder_of(part, "/docker/1/app"), "/cg/app");
  EXPECT_EQ(folder_of(part, "/docker/12"), "");
  const CgroupMount whole{
      .version = 2, .options = {}, .root = "/", .point = "/cg"};
  EXPECT_EQ(folder_of(whole, "/"), "/cg");
  EXPECT_EQ(folder_of(whole, "/user.slice"), "/cg/user.slice");
}

TEST(CgroupLimits, OfVersion2AreTheLeastOnTheWayUp) {
  FakeMachine machine;
  machine.with("/proc/self/cgroup", "0::/a/b\n")
      .with("/proc/self/mountinfo", kMountV2)
      .with("/sys/fs/cgroup/a/cpu.max", "150000 100000\n")
      .with("/sys/fs/cgroup/a/b/cpu.max", "max 100000\n")
      .with("/sys/fs/cgroup/a/memory.max", "max\n")
      .with("/sys/fs/cgroup/a/b/memory.max", "1048576\n");
  const CgroupLimits limits = read_cgroup_limits(machine.files());
  EXPECT_EQ(limits.version.value, 2);
  EXPECT_EQ(limits.path.value, "/a/b");
  EXPECT_EQ(limits.cpus.value, 1.5);
  EXPECT_EQ(limits.memory_bytes.value, 1'048'576);
  EXPECT_EQ(limits.folder, "/sys/fs/cgroup/a/b");
}

TEST(CgroupLimits, OfAContainerWithAQuota) {
  FakeMachine machine;
  machine.with("/proc/self/cgroup", "0::/\n")
      .with("/proc/self/mountinfo", kMountV2)
      .with("/sys/fs/cgroup/cpu.max", "50000 100000\n");
  const CgroupLimits limits = read_cgroup_limits(machine.files());
  EXPECT_EQ(limits.cpus.value, 0.5);
  EXPECT_EQ(limits.memory_bytes.why_not, "no limit is set");
}

FakeMachine& with_version_1(FakeMachine& machine) {
  return machine
      .with("/proc/self/cgroup", "5:memory:/m\n4:cpu,cpuacct:/c\n0::/\n")
      .with("/proc/self/mountinfo",
            std::string(kMountV2) +
                "32 31 0:29 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct\n"
                "33 31 0:30 / /cg/memory rw - cgroup cgroup rw,memory\n");
}

TEST(CgroupLimits, OfVersion1) {
  FakeMachine machine;
  with_version_1(machine)
      .with("/cg/cpu/c/cpu.cfs_quota_us", "200000\n")
      .with("/cg/cpu/c/cpu.cfs_period_us", "100000\n")
      .with("/cg/memory/m/memory.limit_in_bytes", "4096\n");
  const CgroupLimits limits = read_cgroup_limits(machine.files());
  EXPECT_EQ(limits.version.value, 1);
  EXPECT_EQ(limits.path.value, "/c");
  EXPECT_EQ(limits.cpus.value, 2);
  EXPECT_EQ(limits.memory_bytes.value, 4096);
}

TEST(CgroupLimits, OfVersion1MayBeNone) {
  FakeMachine machine;
  with_version_1(machine)
      .with("/cg/cpu/c/cpu.cfs_quota_us", "-1\n")
      .with("/cg/cpu/c/cpu.cfs_period_us", "100000\n")
      .with("/cg/memory/m/memory.limit_in_bytes", "9223372036854771712\n");
  const CgroupLimits limits = read_cgroup_limits(machine.files());
  EXPECT_EQ(limits.cpus.why_not, "no limit is set");
  EXPECT_EQ(limits.memory_bytes.why_not, "no limit is set");
}

TEST(CgroupLimits, SayWhatIsNotThere) {
  FakeMachine machine;
  EXPECT_EQ(read_cgroup_limits(machine.files()).version.why_not,
            "no /proc/self/cgroup");
  machine.with("/proc/self/cgroup", "0::/a\n");
  EXPECT_THAT(read_cgroup_limits(machine.files()).cpus.why_not,
              HasSubstr("not mounted"));
}

}  // namespace
}  // namespace sockmark
