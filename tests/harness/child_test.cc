#include "harness/child.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <system_error>

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kBound(20);

ChildSpec shell(const std::string& script) {
  return {.argv = {"sh", "-c", script}, .cpus = {}};
}

TEST(Child, KeepsWhatItPrintsApart) {
  Child child(shell("echo out; echo err >&2; exit 3"));
  const auto ending = child.wait_for(kBound);
  ASSERT_TRUE(ending.has_value());
  EXPECT_FALSE(ending->clean());
  EXPECT_EQ(ending->describe(), "exit status 3");
  EXPECT_EQ(child.out(), "out\n");
  EXPECT_EQ(child.err(), "err\n");
}

TEST(Child, HasNothingToRead) {
  Child child(shell("cat"));
  EXPECT_TRUE(child.wait_for(kBound).value().clean());
}

TEST(Child, NamesAProgramThatCannotBeRun) {
  try {
    const Child child({.argv = {"/nowhere/program"}, .cpus = {}});
    FAIL() << "it was run";
  } catch (const std::system_error& failure) {
    EXPECT_NE(std::string(failure.what()).find("cannot run /nowhere/program"),
              std::string::npos);
    EXPECT_EQ(failure.code().value(), ENOENT);
  }
}

TEST(Child, SaysWhichSignalEndedIt) {
  Child child(shell("kill -SEGV $$"));
  EXPECT_EQ(child.wait_for(kBound).value().describe(), "killed by SIGSEGV");
}

TEST(Child, IsStillRunningUntilItEnds) {
  Child child(shell("sleep 600"));
  EXPECT_FALSE(child.wait_for(milliseconds(20)).has_value());
  EXPECT_TRUE(child.group_exists());
}

TEST(Child, StopsByTermWhereThatIsEnough) {
  Child child(shell("sleep 600"));
  EXPECT_EQ(child.stop(kBound).describe(), "killed by SIGTERM");
  EXPECT_FALSE(child.group_exists());
}

TEST(Child, IsKilledWithItsChildrenWhereTermIsNotEnough) {
  Child child(shell("trap '' TERM; (sleep 600) & echo up; sleep 600"));
  while (child.out().empty()) child.wait_for(milliseconds(1));
  child.stop(milliseconds(50));
  EXPECT_FALSE(child.group_exists());
}

TEST(Child, GoesWithItsOwner) {
  pid_t group = 0;
  {
    const Child child(shell("trap '' TERM; sleep 600 & sleep 600"));
    group = child.pid();
  }
  EXPECT_NE(kill(-group, 0), 0);
}

TEST(Child, RunsOnTheCpuItIsGiven) {
  Child shown({.argv = {"sh", "-c", "grep Cpus_allowed_list /proc/self/status"},
               .cpus = {0}});
  ASSERT_TRUE(shown.wait_for(kBound).has_value());
  EXPECT_EQ(shown.out(), "Cpus_allowed_list:\t0\n");
}

TEST(Child, AccountsForTheCpuItUsed) {
  Child child(shell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"));
  const Ending ending = child.wait_for(kBound).value();
  EXPECT_GT(ending.usage.ru_utime.tv_sec + ending.usage.ru_utime.tv_usec, 0);
}

}  // namespace
}  // namespace sockmark
