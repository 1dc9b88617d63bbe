// Builds of revisions: made once, whole or not at all.
#include "harness/ab/build_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <stdexcept>

#include "tests/harness/ab/repository.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class BuildCache : public testing::Test {
 protected:
  RevisionBuild build_of(const std::string& commit,
                         const std::string& command) const {
    return {.title = "base 'x'",
            .repository = repository_.path(),
            .commit = commit,
            .command = command};
  }

  fs::path make(const std::string& commit, const std::string& command) {
    return made(build_of(commit, command),
                [this](const std::string& line) { said_.push_back(line); });
  }

  std::string failure(const std::string& commit, const std::string& command) {
    try {
      make(commit, command);
    } catch (const std::runtime_error& failed) {
      return failed.what();
    }
    return "built";
  }

  Repository repository_;
  std::string first_ = repository_.commit({{"code", "1\n"}});
  std::string second_ = repository_.commit({{"code", "2\n"}});
  std::vector<std::string> said_;
};

// Counts itself, and says what it saw.
constexpr const char* kBuild =
    "echo once >>../times; mkdir -p out; cp code out/code";

TEST_F(BuildCache, BuildsEachRevisionInATreeOfItsOwn) {
  const fs::path first = make(first_, kBuild);
  const fs::path second = make(second_, kBuild);
  EXPECT_EQ(contents_of(first / "out/code"), "1\n");
  EXPECT_EQ(contents_of(second / "out/code"), "2\n");
  EXPECT_THAT(first.string(),
              StartsWith(repository_.cache().string() + "/sockmark/builds/"));
  EXPECT_THAT(first.string(), HasSubstr("/" + first_ + "/"));
  EXPECT_EQ(contents_of(repository_.path() / "code"), "2\n");
  EXPECT_EQ(repository_.run({"status", "--porcelain"}), "");
}

TEST_F(BuildCache, BuildsItOnce) {
  EXPECT_FALSE(is_built(build_of(first_, kBuild)));
  const fs::path tree = make(first_, kBuild);
  EXPECT_TRUE(is_built(build_of(first_, kBuild)));
  EXPECT_EQ(tree, tree_of(build_of(first_, kBuild)));
  EXPECT_EQ(make(first_, kBuild), tree);
  EXPECT_EQ(contents_of(tree / "../times"), "once\n");
  EXPECT_EQ(said_.size(), 1);
}

TEST_F(BuildCache, KeepsTheBuildsOfTwoCommandsApart) {
  const fs::path one = make(first_, "echo one >made");
  const fs::path two = make(first_, "echo two >made");
  EXPECT_EQ(contents_of(one / "made"), "one\n");
  EXPECT_EQ(contents_of(two / "made"), "two\n");
}

TEST_F(BuildCache, ChecksOutWhatNeedsNoBuild) {
  EXPECT_EQ(contents_of(make(first_, "") / "code"), "1\n");
}

TEST_F(BuildCache, SaysHowABuildFailedAndDoesNotTakeItForOne) {
  const std::string failing =
      "for i in $(seq 40); do echo line $i; done; echo broken >&2; exit 7";
  const std::string said = failure(first_, failing);
  EXPECT_THAT(said,
              AllOf(StartsWith("base 'x': the build failed"),
                    HasSubstr("exit status 7"), HasSubstr("line 40"),
                    testing::EndsWith("broken"), Not(HasSubstr("line 20\n"))));
  EXPECT_FALSE(is_built(build_of(first_, failing)));
  EXPECT_THAT(failure(first_, "exit 1"), HasSubstr("it said nothing"));
}

TEST_F(BuildCache, BeginsAnewWhatFailedOrWasCutOff) {
  // Fails at first, and leaves something behind.
  const std::string command =
      "test ! -e leftover || exit 3; touch leftover; test -e ../go";
  const fs::path tree = tree_of(build_of(first_, command));
  EXPECT_THAT(failure(first_, command), HasSubstr("exit status 1"));
  std::ofstream(tree / "../go") << "";
  EXPECT_EQ(make(first_, command), tree);

  fs::remove(tree / "../built");  // as if it had been killed before
  std::ofstream(tree / "half") << "";
  EXPECT_EQ(make(first_, command), tree);
  EXPECT_FALSE(fs::exists(tree / "half"));
}

TEST_F(BuildCache, SurvivesThatItIsEmptied) {
  const fs::path tree = make(first_, kBuild);
  fs::remove_all(repository_.cache());
  EXPECT_FALSE(is_built(build_of(first_, kBuild)));
  EXPECT_EQ(make(first_, kBuild), tree);
}

// Git was killed while it made the worktree, which is locked until then.
TEST_F(BuildCache, BeginsAnewWhatGitHadNotCheckedOut) {
  const fs::path tree = tree_of(build_of(first_, kBuild));
  for (const bool is_there : {true, false}) {
    repository_.run({"worktree", "add", "--detach", tree.string(), second_});
    repository_.run({"worktree", "lock", tree.string()});
    if (!is_there) fs::remove_all(tree);
    EXPECT_EQ(contents_of(make(first_, kBuild) / "out/code"), "1\n");
    repository_.run({"worktree", "remove", "--force", tree.string()});
    fs::remove(tree / "../built");
  }
}

TEST_F(BuildCache, ForgetsItsLostTreesAndNoOthers) {
  const fs::path lost = make(first_, "");
  const fs::path others = repository_.cache() / "others";
  repository_.run({"worktree", "add", "--detach", others.string(), first_});
  fs::remove_all(lost);
  fs::remove_all(others);
  make(second_, "");
  EXPECT_THAT(repository_.run({"worktree", "list"}),
              AllOf(Not(HasSubstr(lost.string())), HasSubstr(others.string()),
                    HasSubstr(tree_of(build_of(second_, "")).string())));
}

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

TEST_F(BuildCache, KeepsTheCallersRepositoryAndMakeOutOfTheBuild) {
  setenv("GIT_DIR", "/nowhere", 1);
  setenv("MAKEFLAGS", "--no-such-flag", 1);
  const fs::path tree =
      make(second_, "git rev-parse HEAD >commit; echo \"$MAKEFLAGS\" >flags");
  unsetenv("GIT_DIR");
  unsetenv("MAKEFLAGS");
  EXPECT_EQ(contents_of(tree / "commit"), second_ + "\n");
  EXPECT_EQ(contents_of(tree / "flags"), "\n");
}

TEST_F(BuildCache, NeedsAPlace) {
  unsetenv("XDG_CACHE_HOME");
  const std::string home = getenv("HOME");
  unsetenv("HOME");
  EXPECT_THAT(failure(first_, ""), HasSubstr("nowhere to keep builds"));
  setenv("HOME", home.c_str(), 1);
}

}  // namespace
}  // namespace sockmark
