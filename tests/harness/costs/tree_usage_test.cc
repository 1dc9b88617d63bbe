#include "harness/costs/tree_usage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "harness/process/child.h"
#include "tests/servers/patience.h"

namespace sockmark {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

ChildSpec shell(const std::string& script) {
  return {.argv = {"sh", "-c", script}, .cpus = {}};
}

std::vector<Process> tree_of(const Child& child) {
  return members_of({.program = child.pid()}, all_processes());
}

std::vector<Process> just_us() { return {*read_process(getpid())}; }

Process process(pid_t pid, pid_t parent, pid_t group, char state = 'S') {
  return {.pid = pid, .parent = parent, .group = group, .state = state};
}

std::vector<pid_t> pids_of(const std::vector<Process>& processes) {
  std::vector<pid_t> pids;
  for (const Process& process : processes) pids.push_back(process.pid);
  return pids;
}

// 10 sockmark, 20 a supervisor, 21 the program, 22 its child, 23 an orphan of
// its group, 24 a daemon, 30 a stranger.
const std::vector<Process> kAll = {process(10, 1, 10),  process(20, 10, 20),
                                   process(21, 20, 21), process(22, 21, 21),
                                   process(23, 20, 21), process(24, 20, 24),
                                   process(30, 1, 30)};

TEST(Members, AreTheProgramItsDescendantsAndItsGroup) {
  EXPECT_THAT(pids_of(members_of({.program = 21}, kAll)),
              testing::UnorderedElementsAre(21, 22, 23));
}

TEST(Members, OfASupervisorAreAllBelowIt) {
  EXPECT_THAT(pids_of(members_of({.program = 21, .supervisor = 20}, kAll)),
              testing::UnorderedElementsAre(21, 22, 23, 24));
}

TEST(Members, LeaveOutZombiesThatAreNotTheServersToReap) {
  std::vector<Process> all = kAll;
  all[3].state = 'Z';  // of the program
  all[4].state = 'Z';  // of the supervisor
  EXPECT_THAT(pids_of(members_of({.program = 21, .supervisor = 20}, all)),
              testing::UnorderedElementsAre(21, 22, 24));
}

TEST(TreeCounts, AreOfAllProcesses) {
  const Child child(shell("sleep 600 & sleep 600 & wait"));
  TreeCounts counts;
  EXPECT_TRUE(eventually([&] {
    counts = read_tree_counts(tree_of(child));
    return counts.processes == 3;
  }));
  EXPECT_EQ(counts.threads, 3);
  EXPECT_EQ(counts.zombies, 0);
  EXPECT_EQ(counts.tasks.size(), 3);
  EXPECT_GE(counts.fds.value_or(0), 9);  // stdin, stdout and stderr of each
}

TEST(TreeCounts, KnowZombies) {
  const Child child(shell("sleep 0 & exec sleep 600"));
  TreeCounts counts;
  EXPECT_TRUE(eventually([&] {
    counts = read_tree_counts(tree_of(child));
    return counts.zombies == 1;
  }));
  EXPECT_EQ(counts.processes, 1);
}

TEST(TreeCounts, KnowThreadsAndDescriptors) {
  const TreeCounts before = read_tree_counts(just_us());
  std::atomic<bool> done = false;
  const int fd = dup(STDERR_FILENO);
  std::thread thread([&done] { done.wait(false); });
  const TreeCounts after = read_tree_counts(just_us());
  close(fd);
  done = true;
  done.notify_one();
  thread.join();
  EXPECT_EQ(after.threads, before.threads + 1);
  EXPECT_EQ(after.tasks.size(), before.tasks.size() + 1);
  EXPECT_EQ(after.fds.value_or(0), before.fds.value_or(0) + 1);
}

TEST(TreeCounts, OfNobodyAreNothing) {
  const TreeCounts counts = read_tree_counts({process(1 << 29, 1, 1)});
  EXPECT_EQ(counts.threads, 0);
  EXPECT_EQ(counts.fds, 0);
}

TEST(TreeCpu, SumsTheLiving) {
  const Child child(shell("while :; do :; done & while :; do :; done"));
  const std::int64_t wanted = 50 * kMillisecond;
  EXPECT_TRUE(eventually([&] {
    return read_tree_cpu({.program = child.pid()}, tree_of(child)).sum_ns >=
           wanted;
  }));
}

TEST(TreeCpu, KeepsThatOfChildrenThatHaveEnded) {
  const Child child(
      shell("sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'\n"
            "echo done; sleep 600"));
  const auto patience = std::chrono::steady_clock::now() + kPatience * 6;
  while (child.out().empty() && std::chrono::steady_clock::now() < patience) {
    usleep(5000);
  }
  const TreeCpu cpu = read_tree_cpu({.program = child.pid()}, tree_of(child));
  EXPECT_GE(cpu.sum_ns, 30 * kMillisecond);  // a few ticks
  EXPECT_GE(cpu.user_ns + cpu.system_ns, 30 * kMillisecond);
}

// The middle shell stands for a supervisor: what it has waited for counts, and
// what it uses itself does not.
TEST(TreeCpu, HasWhatTheSupervisorReaped) {
  const Child child(
      shell("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done\n"
            "echo done; sleep 600"));
  const auto all = all_processes();
  const ServerTree tree{.program = -1, .supervisor = child.pid()};
  ASSERT_TRUE(eventually([&] {
    return cpu_clock_of(child.pid()).value_or(0) > 30 * kMillisecond;
  }));
  const auto members = members_of(tree, all_processes());
  EXPECT_LT(read_tree_cpu(tree, members).sum_ns, 30 * kMillisecond);
}

TEST(TaskStatus, HasSwitchesAndThePeak) {
  const auto status = parse_task_status(
      "Name:\tsh\nVmHWM:\t     744 kB\nVmRSS:\t     700 kB\n"
      "voluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n");
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->voluntary, 12);
  EXPECT_EQ(status->involuntary, 3);
  EXPECT_EQ(status->peak_rss_bytes, 744 * 1024);
}

TEST(TaskStatus, OfAKernelThreadHasNoMemory) {
  const auto status = parse_task_status(
      "Name:\tkworker\nvoluntary_ctxt_switches:\t12\n"
      "nonvoluntary_ctxt_switches:\t3\n");
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->peak_rss_bytes, 0);
  EXPECT_FALSE(parse_task_status("Name:\tsh\n").has_value());
  EXPECT_FALSE(
      parse_task_status("nonvoluntary_ctxt_switches:\t3\n").has_value());
}

TEST(TreeActivity, CountsSwitchesAsTheyHappen) {
  const Child child(shell("while :; do sleep 0.001; done"));
  const auto activity = [&] { return read_tree_activity(tree_of(child)); };
  const TreeActivity before = activity();
  EXPECT_TRUE(eventually(
      [&] { return activity().children_faults > before.children_faults; }));
  EXPECT_TRUE(eventually([&] {
    return activity().switches_voluntary > before.switches_voluntary;
  }));
  EXPECT_GT(activity().peak_rss_bytes, 0);
}

TEST(Pss, IsThatOfAllProcesses) {
  const Pss ours = read_pss(just_us());
  ASSERT_TRUE(ours.bytes.has_value()) << ours.why_not;
  EXPECT_GT(*ours.bytes, 0);
  auto twice = just_us();
  twice.push_back(twice[0]);
  EXPECT_GT(read_pss(twice).bytes.value_or(0), *ours.bytes);
}

TEST(Pss, PassesOverThoseThatHaveEnded) {
  const Pss none = read_pss({process(1 << 29, 1, 1)});
  EXPECT_EQ(none.bytes, 0);
}

}  // namespace
}  // namespace sockmark
