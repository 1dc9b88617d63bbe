// What the sides of a comparison are taken for.
#include "harness/ab/side.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/harness/ab/repository.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class SideOf : public testing::Test {
 protected:
  Side find(const std::string& name, const SideFiles& files = {}) const {
    return find_side(Arm::head, name, files, repository_.path());
  }

  std::string refusal(const std::string& name) const {
    try {
      find(name);
    } catch (const std::invalid_argument& refused) {
      return refused.what();
    }
    return "taken";
  }

  Repository repository_;
  std::string first_ = repository_.commit({{"code", "1"}});
  std::string second_ = repository_.commit({{"code", "2"}});
};

TEST_F(SideOf, ARevisionIsItsCommit) {
  for (const char* const name : {"main", "HEAD", "refs/heads/main"}) {
    const Side side = find(name);
    EXPECT_EQ(side.kind, SideKind::revision) << name;
    EXPECT_EQ(side.commit, second_);
    EXPECT_EQ(side.path, repository_.path());
    EXPECT_FALSE(side.dirty);
  }
  EXPECT_EQ(find("HEAD~1").commit, first_);
  EXPECT_EQ(find(first_.substr(0, 8)).commit, first_);
  EXPECT_EQ(description_of(find("main")), "commit " + second_.substr(0, 12));
}

TEST_F(SideOf, ATagIsTheCommitThatItPointsTo) {
  repository_.run({"-c", "user.name=a", "-c", "user.email=a@b", "tag", "-m",
                   "release", "v1", "HEAD~1"});
  EXPECT_EQ(find("v1").commit, first_);
}

TEST_F(SideOf, ADotIsTheWorkingTreeWithItsChanges) {
  EXPECT_EQ(find(".").kind, SideKind::folder);
  EXPECT_EQ(find(".").commit, second_);
  EXPECT_EQ(find(".").dirty, false);
  repository_.write("unknown to git", "");
  EXPECT_EQ(find(".").dirty, false);
  repository_.write("code", "3");
  const Side side = find(".");
  EXPECT_EQ(side.dirty, true);
  EXPECT_EQ(side.path, repository_.path());
  EXPECT_THAT(description_of(side), AllOf(HasSubstr(second_.substr(0, 12)),
                                          HasSubstr("uncommitted changes")));
}

TEST_F(SideOf, AnotherWorkingTreeIsOneToo) {
  const auto other = repository_.cache();
  repository_.run({"worktree", "add", "--detach", other.string(), "HEAD~1"});
  const Side side = find(other.string());
  EXPECT_EQ(side.kind, SideKind::folder);
  EXPECT_EQ(side.commit, first_);
}

TEST_F(SideOf, AFolderWithAListOfServersIsABuild) {
  repository_.write("new/MODELS", "");
  repository_.write("old/servers/MODELS", "");
  repository_.write("own/servers.json", "");
  EXPECT_EQ(find("new").kind, SideKind::build);
  EXPECT_EQ(find("old").kind, SideKind::build);
  EXPECT_FALSE(find("old").commit);
  EXPECT_THAT(refusal("own"), HasSubstr("neither .git nor"));
  const SideFiles files = {.models = "", .manifest = "servers.json"};
  EXPECT_EQ(find("own", files).kind, SideKind::build);
}

TEST_F(SideOf, AJsonFileIsAManifest) {
  repository_.write("servers.json", "{}");
  const Side side = find("servers.json");
  EXPECT_EQ(side.kind, SideKind::manifest);
  EXPECT_EQ(side.path, repository_.path() / "servers.json");
  EXPECT_THAT(refusal("no.json"), HasSubstr("no such file"));
}

TEST_F(SideOf, WhatMayBeTwoThingsIsRefused) {
  repository_.write("topic/MODELS", "");
  repository_.run({"branch", "topic"});
  EXPECT_THAT(refusal("topic"),
              AllOf(HasSubstr("head 'topic'"), HasSubstr("./topic")));
  EXPECT_EQ(find("./topic").kind, SideKind::build);
  EXPECT_EQ(find("refs/heads/topic").kind, SideKind::revision);
}

TEST_F(SideOf, WhatIsNothingIsRefusedInALine) {
  EXPECT_THAT(refusal("mian"),
              AllOf(HasSubstr("head 'mian'"), HasSubstr("no such revision"),
                    HasSubstr(repository_.path().string())));
  EXPECT_THAT(refusal(""), HasSubstr("expected"));
  EXPECT_THAT(refusal("--all"), HasSubstr("no such"));
}

TEST_F(SideOf, OutsideOfARepositoryThereAreNoRevisions) {
  const TemporaryFolder bare;
  try {
    find_side(Arm::base, "main", {}, bare.path());
    FAIL() << "taken";
  } catch (const std::invalid_argument& refused) {
    EXPECT_THAT(refused.what(),
                AllOf(HasSubstr(bare.path().string() + " is in no repository"),
                      HasSubstr("(it says: fatal")));
  }
}

TEST_F(SideOf, ACommitLeavesOutChangesOfItsOwnTree) {
  const auto leaves = [this](const std::string& name) {
    return leaves_changes_out(find(name), repository_.path());
  };
  EXPECT_FALSE(leaves("HEAD"));
  repository_.write("code", "3");
  EXPECT_TRUE(leaves("HEAD"));
  EXPECT_TRUE(leaves("main"));
  EXPECT_FALSE(leaves("HEAD~1"));
  EXPECT_FALSE(leaves("."));
}

}  // namespace
}  // namespace sockmark
