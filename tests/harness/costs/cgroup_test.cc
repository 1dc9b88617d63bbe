#include "harness/costs/cgroup.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "harness/process/child.h"
#include "tests/harness/temporary_folder.h"
#include "tests/servers/patience.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

TEST(CpuStat, IsInNanosecondsAndAddsUp) {
  const auto cpu = parse_cpu_stat(
      "usage_usec 1000\nuser_usec 600\nsystem_usec 399\nnice_usec 0\n");
  ASSERT_TRUE(cpu.has_value());
  EXPECT_EQ(cpu->user_ns, 600'000);
  EXPECT_EQ(cpu->system_ns, 400'000);
  EXPECT_EQ(cpu->sum_ns(), 1'000'000);
  EXPECT_FALSE(parse_cpu_stat("").has_value());
  EXPECT_FALSE(parse_cpu_stat("usage_usec 1000\n").has_value());
}

TEST(Cgroup2Mount, IsFoundAmongTheOthers) {
  EXPECT_EQ(cgroup2_mount_in(
                "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
                "32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
                "41 31 0:38 / /sys/fs/cgroup/unified rw shared:9 - cgroup2 "
                "cgroup2 rw\n"),
            "/sys/fs/cgroup/unified");
  EXPECT_EQ(cgroup2_mount_in("32 31 0:29 / /a rw - cgroup cgroup rw\n"), "");
}

TEST(Cgroup2Path, IsThatOfTheUnifiedHierarchy) {
  EXPECT_EQ(cgroup2_path_in("4:memory:/a/b\n0::/user.slice/x\n"),
            "/user.slice/x");
  EXPECT_EQ(cgroup2_path_in("4:memory:/a/b\n"), "");
}

TEST(Cgroup, ThatCannotBeMadeSaysWhy) {
  const Cgroup none("/nowhere");
  EXPECT_FALSE(none);
  EXPECT_THAT(none.why_not(), HasSubstr("/nowhere/sockmark-"));
  EXPECT_TRUE(none.path().empty());
  EXPECT_FALSE(none.cpu().has_value());
  EXPECT_TRUE(none.members().empty());
}

TEST(Cgroup, IsNoneInAFolderThatIsNoControlGroup) {
  const TemporaryFolder folder;
  {
    const Cgroup none(folder.path());
    EXPECT_FALSE(none);
    EXPECT_THAT(none.why_not(), HasSubstr("no leave to move processes"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Cgroup, RemovesWhatDeadHarnessesLeftAndNothingElse) {
  const TemporaryFolder folder;
  constexpr int kNobody = 1 << 29;
  const auto dead = folder.path() / fmt::format("sockmark-{}-0", kNobody);
  const auto alive = folder.path() / fmt::format("sockmark-{}-7", getppid());
  const auto other = folder.path() / fmt::format("other-{}-0", kNobody);
  for (const auto& path : {dead, alive, other}) mkdir(path.c_str(), 0700);
  const Cgroup none(folder.path());
  EXPECT_FALSE(exists(dead));
  EXPECT_TRUE(exists(alive));
  EXPECT_TRUE(exists(other));
}

TEST(Cgroup, KeepsTheAccountOfThoseThatHaveEndedUnseen) {
  std::filesystem::path path;
  {
    const Cgroup group;
    if (!group) GTEST_SKIP() << group.why_not();
    path = group.path();
    const TemporaryFolder folder;
    const std::filesystem::path go = folder.path() / "go";
    // As CHLD is ignored the kernel reaps the children itself: no other account
    // has them.
    const Child shell(
        {.argv = {"bash", "-c",
                  fmt::format("until [ -e {} ]; do sleep 0.01; done; trap '' "
                              "CHLD; for i in 1 2 3 4; do (for ((j = 0; j < "
                              "20000; ++j)); do :; done) & done; wait; echo "
                              "done; exec sleep 600",
                              go.string())},
         .cgroup = group.path()});
    ASSERT_TRUE(group.members().contains(shell.pid()));
    mkdir(go.c_str(), 0700);
    ASSERT_TRUE(eventually([&] { return !shell.out().empty(); }));
    EXPECT_TRUE(eventually(
        [&] { return group.cpu().value_or(CpuTime{}).sum_ns() > 10'000'000; }));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace sockmark
