// Two processes at the builds of one revision.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>

#include "harness/ab/named_file_lock.h"
#include "tests/harness/ab/cached_builds.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

// Another process, which ends with 0 if it has the tree.
pid_t make_elsewhere(const RevisionBuild& build, const fs::path& note) {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  try {
    made(build, [&note](const std::string& line) {
      if (line.starts_with("waiting")) std::ofstream(note) << line;
    });
  } catch (...) {
    _exit(1);
  }
  _exit(0);
}

void wait_until_there(const fs::path& file) {
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!fs::exists(file)) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline) << file;
    usleep(2000);
  }
}

int status_of(pid_t pid) {
  int status = -1;
  waitpid(pid, &status, 0);
  return status;
}

TEST_F(BuildCache, LetsASecondWaitForTheFirst) {
  const RevisionBuild build = build_of(
      first_, "echo once >>../times; until test -e ../go; do sleep 0.01; done");
  const fs::path place = tree_of(build).parent_path();
  const pid_t first = make_elsewhere(build, place / "first");
  wait_until_there(place / "times");
  const pid_t second = make_elsewhere(build, place / "second");
  wait_until_there(place / "second");
  std::ofstream(place / "go") << "";
  EXPECT_EQ(status_of(first), 0);
  EXPECT_EQ(status_of(second), 0);
  EXPECT_EQ(contents_of(place / "times"), "once\n");
  EXPECT_FALSE(fs::exists(place / "first"));
}

TEST_F(BuildCache, BeginsAnewWhenTheFirstWasKilled) {
  const RevisionBuild build =
      build_of(first_,
               "echo x >>../times; touch ../begun; "
               "until test -e ../go; do sleep 0.01; done");
  const fs::path place = tree_of(build).parent_path();
  const pid_t first = make_elsewhere(build, place / "first");
  wait_until_there(place / "begun");
  kill(first, SIGKILL);
  status_of(first);
  EXPECT_FALSE(is_built(build));
  std::ofstream(place / "go") << "";
  EXPECT_EQ(status_of(make_elsewhere(build, place / "second")), 0);
  EXPECT_EQ(contents_of(place / "times"), "x\nx\n");
}

// As when somebody is at it in another network, where our lock does not reach.
TEST_F(BuildCache, LeavesAnOldOneAloneThatAnotherIsAt) {
  const fs::path place = make(first_, "true").parent_path();
  const NamedFileLock theirs(place / "lock", [] {});
  EXPECT_FALSE(NamedFileLock::if_free(place / "lock"));
  for (std::size_t i = 0; i <= kMostBuilds; ++i) {
    make(second_, "true " + std::to_string(i));
  }
  EXPECT_TRUE(is_built(build_of(first_, "true")));
}

}  // namespace
}  // namespace sockmark
