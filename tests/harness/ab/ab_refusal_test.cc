// What `sockmark ab` refuses, in a line that names what is at fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/text/text.h"
#include "tests/harness/ab/ab_program.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

TEST_F(Ab, NamesARevisionThatIsNotThere) {
  repository_.commit({{"list", kGood}});
  const Outcome outcome = built("mian", "main");
  expect_one_line(outcome, 2);
  EXPECT_THAT(outcome.err, HasSubstr("base 'mian': there is no such file"));
  EXPECT_FALSE(fs::exists(results()));
}

TEST_F(Ab, SaysWhichBuildFailed) {
  repository_.commit({{"list", kGood}});
  repository_.commit({{"broken", ""}});
  const std::string command = "test ! -e broken || { echo oh no; exit 9; }";
  const Outcome outcome = ab("HEAD~1", "HEAD", {"--build", command});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("sockmark: head 'HEAD': the build failed"),
                    HasSubstr("exit status 9"), HasSubstr("oh no")));
  const std::string said = "all that it said: ";
  const auto log = outcome.err.find(said);
  ASSERT_NE(log, std::string::npos) << outcome.err;
  EXPECT_EQ(contents_of(last_line(outcome.err.substr(log + said.size()))),
            "oh no\n");
  EXPECT_FALSE(fs::exists(results()));
}

TEST_F(Ab, SaysThatASideHasNoServers) {
  repository_.commit({{"list", kGood}});
  const Outcome outcome = ab("main", ".", {});
  expect_one_line(outcome, 2);
  EXPECT_THAT(outcome.err, HasSubstr("base 'main': no list of servers"));
  repository_.write("list", line_of("mine", "no-such-program"));
  const Outcome unbuilt = ab(".", ".", {"--models", "list"});
  expect_one_line(unbuilt, 1);
  EXPECT_THAT(unbuilt.err, HasSubstr("there is no program"));
  repository_.commit(
      {{"servers.json",
        R"({"servers": [{"name": "own", "command": ["./own", "{port}"]}]})"}});
  const Outcome own = ab("main", ".", {"--manifest", "servers.json"});
  expect_one_line(own, 1);
  EXPECT_THAT(own.err,
              AllOf(HasSubstr("own@base: there is no program"),
                    HasSubstr("/tree/own: have it made with --build")));
}

TEST_F(Ab, RefusesToBuildWhereNothingIsBuilt) {
  repository_.write("old/MODELS", kGood);
  expect_one_line(built("old", "old"), 2);
}

TEST_F(Ab, RefusesWhatItCannotWriteBeforeItMeasures) {
  repository_.commit({{"list", kGood}});
  for (const char* const option : {"--json", "--markdown"}) {
    for (const std::string file : {"no/such/folder/file", ".git"}) {
      const Outcome outcome =
          ab("main", ".", {"--build", build(), option, file});
      expect_one_line(outcome, 1);
      EXPECT_THAT(outcome.err, HasSubstr("cannot write " + file));
    }
  }
}

TEST_F(Ab, HasNothingToCompareWithoutACommonCell) {
  repository_.commit({{"list", line_of("old", "poll")}});
  repository_.commit({{"list", line_of("new", "poll")}});
  const Outcome outcome = built("HEAD~1", "HEAD");
  EXPECT_EQ(outcome.status, 7);
  EXPECT_THAT(outcome.out, HasSubstr("old"));
  const Outcome plan = ab("HEAD~1", "HEAD", {"--build", build(), "--dry-run"});
  EXPECT_EQ(plan.status, 7);
  EXPECT_THAT(plan.out, HasSubstr("no cell in common"));
  EXPECT_FALSE(fs::exists(results()));
}

TEST_F(Ab, NeedsARepositoryForARevision) {
  const fs::path outside = repository_.path().parent_path();
  Child child({.argv = sockmark_command(arguments("main", "HEAD", {})),
               .cpus = {},
               .cwd = outside});
  const Outcome outcome = finish(child);
  expect_one_line(outcome, 2);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("base 'main'"),
                    HasSubstr(outside.string() + " is in no repository that")));
}

TEST_F(Ab, NamesAFileThatIsNoSide) {
  repository_.commit({{"servers.txt", "{}"}});
  const Outcome outcome = ab("main", "servers.txt", {});
  expect_one_line(outcome, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("head 'servers.txt'"),
                                 HasSubstr("ends in .json")));
}

TEST_F(Ab, NamesTheManifestThatIsBroken) {
  repository_.commit(
      {{"servers.json",
        R"({"servers": [{"name": "own", "command": ["true", "{port}"]}]})"}});
  const std::string broken = repository_.commit({{"servers.json", "{\n]"}});
  for (const bool is_head : {true, false}) {
    const Outcome outcome =
        ab(is_head ? "HEAD~1" : "HEAD", is_head ? "HEAD" : "HEAD~1",
           {"--manifest", "servers.json", "--quiet"});
    expect_one_line(outcome, 1);
    EXPECT_THAT(outcome.err,
                AllOf(HasSubstr(broken), HasSubstr("servers.json:2")));
  }
  EXPECT_FALSE(fs::exists(results()));
}

TEST_F(Ab, NamesAServerThatNeitherSideHas) {
  repository_.commit({{"list", kGood}});
  const Outcome outcome =
      ab("main", ".", {"--build", build(), "--servers", "mien", "--quiet"});
  expect_one_line(outcome, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("neither side"), HasSubstr("mien"),
                                 HasSubstr("mine")));
  EXPECT_FALSE(fs::exists(results()));
}

}  // namespace
}  // namespace sockmark
