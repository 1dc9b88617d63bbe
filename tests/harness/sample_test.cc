#include "harness/sample.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "harness/child.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

ChildSpec shell(const std::string& script) {
  return {.argv = {"sh", "-c", script}, .cpus = {}};
}

// Polls until the group's usage satisfies `enough`, at most 20 s.
template <typename Predicate>
GroupUsage wait_until(const Child& child, Predicate enough) {
  const auto deadline = steady_clock::now() + seconds(20);
  GroupUsage usage = sample_group(child.pid());
  while (!enough(usage) && steady_clock::now() < deadline) {
    usage = sample_group(child.pid());
  }
  return usage;
}

TEST(SampleGroup, CountsTheProcessesOfTheGroup) {
  Child child(shell("sleep 600 & sleep 600 & wait"));
  const GroupUsage usage =
      wait_until(child, [](const GroupUsage& u) { return u.processes == 3; });
  EXPECT_EQ(usage.processes, 3);
  EXPECT_EQ(usage.threads, 3);
}

TEST(SampleGroup, SumsTheCpuOfTheLiving) {
  Child child(shell("while :; do :; done"));
  const std::int64_t wanted = 50'000'000;
  const GroupUsage usage = wait_until(
      child, [&](const GroupUsage& u) { return u.cpu_ns >= wanted; });
  EXPECT_GE(usage.cpu_ns, wanted);
}

TEST(SampleGroup, KeepsTheCpuOfChildrenThatHaveEnded) {
  Child child(
      shell("sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'\n"
            "echo done; sleep 600"));
  const auto deadline = steady_clock::now() + seconds(60);
  while (child.out().empty() && steady_clock::now() < deadline) {
    child.wait_for(milliseconds(5));
  }
  const std::int64_t a_few_ticks = 30'000'000;
  EXPECT_GE(sample_group(child.pid()).cpu_ns, a_few_ticks);
}

TEST(SampleGroup, OfNobodyIsNothing) {
  const GroupUsage usage = sample_group(1 << 29);
  EXPECT_EQ(usage.processes, 0);
  EXPECT_EQ(usage.cpu_ns, 0);
}

}  // namespace
}  // namespace sockmark
