#include "harness/process/child.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "tests/harness/temporary_folder.h"

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

TEST(Child, RunsInTheFolderItIsGiven) {
  const TemporaryFolder folder;
  folder.write("file", "here");
  Child child({.argv = {"cat", "file"}, .cwd = folder.path()});
  ASSERT_TRUE(child.wait_for(kBound).has_value());
  EXPECT_EQ(child.out(), "here");
}

TEST(Child, HasOurEnvironmentAndMore) {
  setenv("SOCKMARK_TEST_OURS", "1", 1);
  setenv("SOCKMARK_TEST_BOTH", "1", 1);
  Child child(
      {.argv = {"sh", "-c",
                "echo $SOCKMARK_TEST_OURS $SOCKMARK_TEST_BOTH "
                "$SOCKMARK_TEST_NEW"},
       .env = {{"SOCKMARK_TEST_BOTH", "2"}, {"SOCKMARK_TEST_NEW", "3"}}});
  ASSERT_TRUE(child.wait_for(kBound).has_value());
  EXPECT_EQ(child.out(), "1 2 3\n");
}

// Ignored by us, as by all that a shell runs in the background.
TEST(Child, IsAskedToEndByTheSignalItWants) {
  const auto before = std::signal(SIGINT, SIG_IGN);
  Child child({.argv = {"sleep", "600"}, .stop_signal = SIGINT});
  std::signal(SIGINT, before);
  EXPECT_EQ(child.stop(kBound).describe(), "killed by SIGINT");
}

TEST(Child, JoinsTheCgroupBeforeItRuns) {
  const TemporaryFolder folder;
  const auto members = folder.write("cgroup.procs", "");
  Child child({.argv = {"cat", members.string()}, .cgroup = folder.path()});
  ASSERT_TRUE(child.wait_for(kBound).has_value());
  EXPECT_EQ(child.out(), "0");
}

std::string failure_of(const ChildSpec& spec) {
  try {
    const Child child(spec);
    return "it was run";
  } catch (const std::system_error& failure) {
    return failure.what();
  }
}

TEST(Child, NamesWhatItCannotBeRunWith) {
  const TemporaryFolder folder;
  const std::string path = folder.path().string();
  EXPECT_EQ(failure_of({.argv = {"true"}, .cwd = path + "/no"}),
            "cannot run true in " + path + "/no: No such file or directory");
  EXPECT_EQ(failure_of({.argv = {"true"}, .cgroup = path}),
            "cannot join cgroup " + path + ": No such file or directory");
  std::filesystem::create_symlink("/dev/full", folder.path() / "cgroup.procs");
  EXPECT_EQ(failure_of({.argv = {"true"}, .cgroup = path}),
            "cannot join cgroup " + path + ": No space left on device");
  EXPECT_EQ(failure_of({.argv = {"true"}, .cpus = {1023}}),
            "cannot run true on its CPUs: Invalid argument");
}

// The shell waits for neither the orphan nor its child.
TEST(Child, AccountsForOrphansInTheUsageOfTheTree) {
  const std::string busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
  Child child(shell("(sh -c '" + busy + "; echo done' &)"));
  while (child.out().empty()) child.wait_for(milliseconds(1));
  const Ending ending = child.stop(kBound);
  EXPECT_TRUE(ending.clean());
  const auto microseconds = [](const rusage& usage) {
    return usage.ru_utime.tv_sec * 1'000'000 + usage.ru_utime.tv_usec;
  };
  EXPECT_GT(microseconds(ending.tree_usage), 2 * microseconds(ending.usage));
}

TEST(Child, AccountsForTheCpuItUsed) {
  Child child(shell("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"));
  const Ending ending = child.wait_for(kBound).value();
  EXPECT_GT(ending.usage.ru_utime.tv_sec + ending.usage.ru_utime.tv_usec, 0);
}

}  // namespace
}  // namespace sockmark
