// Builds of revisions: made once, whole or not at all.
#include "harness/ab/build_cache.h"

#include <gmock/gmock.h>

#include "tests/harness/ab/cached_builds.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

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
  EXPECT_THAT(said, AllOf(StartsWith("base 'x': the build failed"),
                          HasSubstr("exit status 7"), HasSubstr("line 40"),
                          HasSubstr("broken\nall that it said: "),
                          Not(HasSubstr("line 20\n"))));
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

TEST_F(BuildCache, KeepsWhatABuildSaid) {
  const fs::path good = make(first_, "echo well; echo done >&2");
  EXPECT_EQ(contents_of(good / "../build.log"), "well\ndone\n");
  const std::string said = failure(first_, "echo oh no; false");
  const fs::path log =
      tree_of(build_of(first_, "echo oh no; false")) / "../build.log";
  EXPECT_THAT(said, HasSubstr(log.lexically_normal().string()));
  EXPECT_EQ(contents_of(log), "oh no\n");
}

// Used last are the first, which was asked for again, and the newest.
TEST_F(BuildCache, KeepsThoseThatWereUsedLast) {
  const auto command = [](std::size_t i) {
    return "true " + std::to_string(i);
  };
  const auto is_there = [&](std::size_t i) {
    return fs::exists(tree_of(build_of(first_, command(i))));
  };
  for (std::size_t i = 0; i < kMostBuilds; ++i) make(first_, command(i));
  EXPECT_TRUE(is_there(0) && is_there(1));
  make(first_, command(0));
  failure(first_, command(kMostBuilds) + "; false");
  make(second_, command(kMostBuilds));
  EXPECT_TRUE(is_there(0));
  EXPECT_FALSE(is_there(1));
  EXPECT_FALSE(is_there(2)) << "a failed one takes as much room";
  EXPECT_FALSE(is_built(build_of(first_, command(2))));
  for (std::size_t i = 3; i < kMostBuilds; ++i) EXPECT_TRUE(is_there(i)) << i;
  EXPECT_THAT(repository_.run({"worktree", "list"}),
              Not(HasSubstr(tree_of(build_of(first_, command(1))).string())));
  make(first_, command(1));
  EXPECT_TRUE(is_built(build_of(first_, command(1))));
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
