// `sockmark ab` itself: sides, pairs, records.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "harness/ab/arm.h"
#include "tests/harness/ab/ab_program.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST_F(Ab, MeasuresTwoRevisionsInPairs) {
  const std::string first = repository_.commit({{"list", kGood}});
  const std::string second = repository_.commit({{"other", "file"}});
  const auto json = repository_.path() / "out.json";
  const auto page = repository_.path() / "out.md";
  const Outcome outcome = ab("HEAD~1", "main",
                             {"--build", build(), "--json", json.string(),
                              "--markdown", page.string()});
  const Comparison compared = comparison();
  EXPECT_EQ(outcome.status, exit_status_of(compared, false)) << outcome.err;
  EXPECT_EQ(contents_of(json), contents_of(run() / kComparisonFile));
  EXPECT_THAT(contents_of(page), HasSubstr("mine"));
  EXPECT_THAT(outcome.out, HasSubstr("short/mine"));
  EXPECT_THAT(sockmark({"table", "--results", results()}).out,
              StartsWith(outcome.out));
  EXPECT_THAT(compared.identical, ElementsAre("mine"));
  EXPECT_THAT(compared.failed, IsEmpty());
  EXPECT_EQ(compared.base.name, "HEAD~1");
  EXPECT_THAT(compared.head.description, HasSubstr(second.substr(0, 12)));

  const auto result = nlohmann::json::parse(contents_of(run() / "result.json"));
  EXPECT_EQ(result.at("sides").at("base").at("commit"), first);
  EXPECT_EQ(result.at("sides").at("head").at("commit"), second);
  EXPECT_EQ(result.at("ended"), "complete");
  EXPECT_EQ(read_trials(run())[0].run, run().filename().string());
}

// Two pairs show nothing: as many again, each side first in half of them.
TEST_F(Ab, LooksAgainWhereSomethingIsOpen) {
  repository_.commit({{"list", kGood}});
  built("main", ".");
  if (comparison().judgements.empty()) GTEST_SKIP() << "too busy a machine";
  const auto trials = read_trials(run());
  ASSERT_EQ(trials.size(), 8);
  std::map<int, std::string> first;
  for (const TrialRecord& trial : trials) {
    EXPECT_EQ(server_of(trial.server), "mine");
    if (trial.order == 0) first[trial.round] = *trial.server.arm;
  }
  ASSERT_EQ(first.size(), 4);
  EXPECT_NE(first[0], first[1]);
  EXPECT_NE(first[2], first[3]);
  EXPECT_EQ(comparison().rounds, 4);
}

TEST_F(Ab, TakesTheServersOfEachSidesManifest) {
  const auto manifest = [](const std::string& mode) {
    return fmt::format(
        R"({{"servers": [{{"name": "own", "keep_alive": false,
            "command": ["{}", "{}", "{{port}}"]}}]}})",
        FAKE_SERVER, mode);
  };
  repository_.commit({{"servers.json", manifest("good")}});
  repository_.commit({{"servers.json", manifest("dies_at_start")}});
  const Outcome outcome = ab("HEAD~1", "HEAD", {"--manifest", "servers.json"});
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  EXPECT_THAT(comparison().failed, ElementsAre(StartsWith("head: short/own")));
  for (const TrialRecord& trial : read_trials(run())) {
    EXPECT_EQ(server_of(trial.server), "own");
    EXPECT_EQ(trial.server.argv[1],
              trial.server.arm == "base" ? "good" : "dies_at_start");
  }
}

TEST_F(Ab, TakesBuildFoldersAndManifestFiles) {
  repository_.write("old/MODELS", line_of("mine", "poll"));
  repository_.write("new/servers/MODELS",
                    line_of("mine", "fake_server dies_at_start"));
  fs::copy_file(SERVER_DIR "/poll", repository_.path() / "old/poll");
  fs::copy_file(FAKE_SERVER, repository_.path() / "new/servers/fake_server");
  EXPECT_EQ(ab("old", "new", {}).status, 3);
  const std::string text = fmt::format(
      R"({{"servers": [{{"name": "mine", "command": ["{}", "env", "{{port}}"]}}]}})",
      FAKE_SERVER);
  repository_.write("mine.json", text);
  EXPECT_EQ(ab("mine.json", "new", {}).status, 3);
  EXPECT_THAT(comparison().base.description, HasSubstr("manifest"));
}

TEST_F(Ab, SaysThatBothSidesAreOneCommit) {
  const std::string commit = repository_.commit({{"list", kGood}});
  const Outcome outcome = built("main", "HEAD");
  EXPECT_EQ(outcome.status, exit_status_of(comparison(), false));
  EXPECT_THAT(comparison().notes, Contains(HasSubstr("Both sides are commit " +
                                                     commit.substr(0, 12))));
  EXPECT_THAT(comparison().identical, ElementsAre("mine"));
}

TEST_F(Ab, NotesThatChangesAreNotMeasured) {
  repository_.commit({{"list", kGood}, {"code", "1"}});
  repository_.write("code", "2");
  built("main", "HEAD");
  EXPECT_THAT(comparison().notes, Contains(HasSubstr("not measured")));
  built("main", ".");
  EXPECT_THAT(comparison().notes,
              testing::Not(Contains(HasSubstr("not measured"))));
  EXPECT_THAT(comparison().head.description, HasSubstr("uncommitted changes"));
}

TEST_F(Ab, PrintsAPlanAndRunsNothing) {
  repository_.commit({{"list", kGood}});
  const std::vector<std::string> more = {"--dry-run", "--build", build()};
  const Outcome before = ab("main", "HEAD", more);
  EXPECT_EQ(before.status, 0) << before.err;
  EXPECT_THAT(before.out, AllOf(HasSubstr("to be built in"),
                                HasSubstr("2 pairs of each server: about")));
  built("main", "HEAD");
  const Outcome after = ab("main", "HEAD", more);
  EXPECT_THAT(after.out, AllOf(HasSubstr("1 cell, 2 pairs each"),
                               HasSubstr("mine@base"), HasSubstr("mine@head")));
  fs::remove_all(results());
  EXPECT_EQ(ab("main", "HEAD", more).status, 0);
  EXPECT_FALSE(fs::exists(results()));
}

}  // namespace
}  // namespace sockmark
