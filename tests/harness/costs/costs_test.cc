// Readings of real processes.
#include "harness/costs/costs.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "harness/process/child.h"
#include "tests/harness/temporary_folder.h"
#include "tests/servers/patience.h"

namespace sockmark {
namespace {

// A shell that says hello, then waits for a word in the pipe `go`, without a
// child, and runs `script`.
ChildSpec shell(const std::filesystem::path& go, const std::string& script) {
  return {.argv = {"sh", "-c",
                   "echo ready; read word <" + go.string() + "; " + script},
          .cpus = {}};
}

class CostsTest : public testing::Test {
 protected:
  CostsTest() { mkfifo(go_.c_str(), 0600); }
  void go() { std::ofstream(go_) << "go\n"; }

  TemporaryFolder folder_;
  std::filesystem::path go_ = folder_.path() / "go";
  Cgroup none_{"/nowhere"};
};

TEST_F(CostsTest, KnowWhatIsLeftAfterTheLoad) {
  Child child(
      shell(go_, "exec 7</dev/null 8</dev/null 9</dev/null; sleep 600"));
  const ServerTree tree{.program = child.pid()};
  ASSERT_TRUE(eventually([&] { return !child.out().empty(); }));
  Costs costs(tree, none_);
  EXPECT_GT(costs.readings().idle_memory.bytes.value_or(0), 0);
  go();
  ASSERT_TRUE(eventually([&] {
    const auto members = members_of(tree, all_processes());
    return read_tree_counts(members).fds.value_or(0) >=
           costs.readings().idle.fds.value_or(0) + 3;
  }));
  costs.load_ended();
  ASSERT_TRUE(costs.readings().left.has_value());
  EXPECT_GT(costs.readings().left->fds.value_or(0),
            costs.readings().idle.fds.value_or(0));
}

TEST_F(CostsTest, OfAWindowHaveWhatWasUsedInIt) {
  Child child({.argv = {"sh", "-c", "while :; do :; done"}, .cpus = {}});
  Costs costs({.program = child.pid()}, none_);
  costs.window_starts();
  const std::int64_t before = costs.readings().first->cpu.sum_ns;
  ASSERT_TRUE(eventually([&] {
    return cpu_clock_of(child.pid()).value_or(0) > before + 20'000'000;
  }));
  costs.within_window();
  costs.window_ends();
  costs.read_loaded_memory();
  const CostReadings& readings = costs.readings();
  EXPECT_GE(cpu_between(*readings.first, *readings.last).sum_ns, 20'000'000);
  EXPECT_TRUE(readings.same_tasks);
  EXPECT_EQ(readings.peak.processes, 1);
  EXPECT_GT(readings.peak_rss_bytes, 0);
  EXPECT_TRUE(readings.last->machine.ticks.has_value());
  EXPECT_GT(readings.loaded_memory.bytes.value_or(0), 0);
  costs.forget_loaded_memory();
  EXPECT_FALSE(costs.readings().loaded_memory.bytes.has_value());
}

TEST_F(CostsTest, NoticeTasksThatCameInTheWindow) {
  Child child(shell(go_, "sleep 600 & exec sleep 600"));
  const ServerTree tree{.program = child.pid()};
  ASSERT_TRUE(eventually([&] { return !child.out().empty(); }));
  Costs costs(tree, none_);
  costs.window_starts();
  go();
  ASSERT_TRUE(eventually([&] {
    costs.within_window();
    return !costs.readings().same_tasks;
  }));
  EXPECT_TRUE(eventually([&] {
    costs.within_window();
    return costs.readings().peak.processes >= 2;
  }));
}

TEST_F(CostsTest, OfATreeInAGroupAreThoseOfTheGroup) {
  const Cgroup group;
  if (!group) GTEST_SKIP() << group.why_not();
  Child child({.argv = {"sh", "-c", "sleep 600 & while :; do :; done"},
               .cgroup = group.path()});
  const ServerTree tree{.program = child.pid()};
  const auto members = [&] { return members_of(tree, all_processes()); };
  ASSERT_TRUE(eventually([&] { return members().size() == 2; }));
  EXPECT_EQ(group.members().size(), 2);
  Costs costs(tree, group);
  costs.window_starts();
  ASSERT_TRUE(eventually([&] {
    return group.cpu().value_or(CpuTime{}).sum_ns() >
           costs.readings().first->group.value_or(CpuTime{}).sum_ns() +
               20'000'000;
  }));
  costs.window_ends();
  const WindowCpu cpu =
      cpu_between(*costs.readings().first, *costs.readings().last);
  EXPECT_EQ(cpu.source, "cgroup");
  EXPECT_GT(cpu.sum_ns, 20'000'000);
  child.stop({});
}

TEST_F(CostsTest, DoNotTrustAGroupThatAProcessIsNotIn) {
  const Cgroup group;
  if (!group) GTEST_SKIP() << group.why_not();
  Child child({.argv = {"sleep", "600"}, .cpus = {}});
  Costs costs({.program = child.pid()}, group);
  costs.window_starts();
  EXPECT_FALSE(costs.readings().first->group.has_value());
}

}  // namespace
}  // namespace sockmark
