// `sockmark ab` itself: sides, records, statuses, one-line errors.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <map>
#include <nlohmann/json.hpp>

#include "harness/ab/arm.h"
#include "harness/gate/comparison_json.h"
#include "harness/stored_runs.h"
#include "tests/harness/ab/repository.h"
#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::string line_of(const std::string& name, const std::string& command) {
  return name + " | " + command + " | fake | none | here | of a test\n";
}

// A repository whose build copies servers; what each commit has is in its list.
class Ab : public testing::Test {
 protected:
  std::string build() const {
    return fmt::format(
        "mkdir -p build/release/servers && cd build/release/servers && "
        "cp ../../../list MODELS && cp {} {}/poll .",
        FAKE_SERVER, SERVER_DIR);
  }

  std::vector<std::string> arguments(
      const std::string& base, const std::string& head,
      const std::vector<std::string>& more,
      const std::string& duration = "100ms") const {
    std::vector<std::string> all = {
        "ab",         base,       head,       "--results",  results(),
        "--workload", "short",    "--rounds", "2",          "--duration",
        duration,     "--warmup", "20ms",     "--no-plots", "--connections",
        "2"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  Outcome ab(const std::string& base, const std::string& head,
             const std::vector<std::string>& more) const {
    Child child({.argv = sockmark_command(arguments(base, head, more)),
                 .cpus = {},
                 .cwd = repository_.path()});
    return finish(child);
  }

  Outcome built(const std::string& base, const std::string& head) const {
    return ab(base, head, {"--build", build()});
  }

  std::string results() const {
    return (repository_.path().parent_path() / "results").string();
  }

  fs::path run() const { return find_run("latest", results()); }

  Comparison comparison() const {
    return read_comparison(contents_of(run() / kComparisonFile), "here");
  }

  Repository repository_;
};

const std::string kGood = line_of("mine", "poll");

void expect_one_line(const Outcome& outcome, int status) {
  EXPECT_EQ(outcome.status, status) << outcome.err;
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1)
      << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

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

TEST_F(Ab, FailsWhereTheNewServerDoes) {
  repository_.commit({{"list", kGood}});
  repository_.commit({{"list", line_of("mine", "fake_server dies_at_start")}});
  EXPECT_EQ(built("HEAD~1", "HEAD").status, 3);
  EXPECT_THAT(comparison().failed, ElementsAre(StartsWith("head: short/mine")));
  EXPECT_THAT(comparison().identical, IsEmpty());
  EXPECT_EQ(built("HEAD", "HEAD~1").status, 5);
  EXPECT_THAT(comparison().failed, ElementsAre(StartsWith("base: short/mine")));
}

TEST_F(Ab, FailsWhereACellIsMissing) {
  repository_.commit({{"list", kGood + line_of("old", "poll")}});
  repository_.commit({{"list", kGood + line_of("new", "poll")}});
  const Outcome outcome = built("HEAD~1", "HEAD");
  EXPECT_EQ(outcome.status, exit_status_of(comparison(), false));
  if (!comparison().judgements.empty()) {
    EXPECT_EQ(outcome.status, 3);
  }
  EXPECT_THAT(comparison().missing, ElementsAre(StartsWith("short/old")));
  EXPECT_THAT(comparison().fresh, ElementsAre(StartsWith("short/new")));
}

TEST_F(Ab, HasNothingToCompareWithoutACommonCell) {
  repository_.commit({{"list", line_of("old", "poll")}});
  repository_.commit({{"list", line_of("new", "poll")}});
  const Outcome outcome = built("HEAD~1", "HEAD");
  EXPECT_EQ(outcome.status, 7);
  EXPECT_THAT(outcome.out, HasSubstr("old"));
  EXPECT_FALSE(fs::exists(results()));
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
  EXPECT_THAT(unbuilt.err, HasSubstr("there is no program no-such-program"));
}

TEST_F(Ab, RefusesToBuildWhereNothingIsBuilt) {
  repository_.write("old/MODELS", kGood);
  expect_one_line(built("old", "old"), 2);
}

TEST_F(Ab, RefusesWhatItCannotWriteBeforeItMeasures) {
  repository_.commit({{"list", kGood}});
  for (const char* const option : {"--json", "--markdown"}) {
    const Outcome outcome =
        ab("main", ".", {"--build", build(), option, "no/such/folder/file"});
    expect_one_line(outcome, 1);
    EXPECT_THAT(outcome.err, HasSubstr("no/such/folder/file"));
  }
}

TEST_F(Ab, PrintsAPlanAndRunsNothing) {
  repository_.commit({{"list", kGood}});
  const std::vector<std::string> more = {"--dry-run", "--build", build()};
  const Outcome before = ab("main", "HEAD", more);
  EXPECT_EQ(before.status, 0) << before.err;
  EXPECT_THAT(before.out, HasSubstr("to be built in"));
  built("main", "HEAD");
  const Outcome after = ab("main", "HEAD", more);
  EXPECT_THAT(after.out, AllOf(HasSubstr("1 cell, 2 pairs each"),
                               HasSubstr("mine@base"), HasSubstr("mine@head")));
  fs::remove_all(results());
  EXPECT_EQ(ab("main", "HEAD", more).status, 0);
  EXPECT_FALSE(fs::exists(results()));
}

TEST_F(Ab, LeavesNoPartOfAComparisonWhenItIsInterrupted) {
  repository_.commit({{"list", kGood}});
  Child child({.argv = sockmark_command(
                   arguments("main", ".", {"--build", build()}, "60s")),
               .cpus = {},
               .cwd = repository_.path()});
  ASSERT_TRUE(has_said(child, "recording"));
  kill(child.pid(), SIGINT);
  const Outcome outcome = finish(child);
  EXPECT_EQ(outcome.status, 130);
  EXPECT_THAT(outcome.err, HasSubstr("interrupted: nothing is compared"));
  const auto result = nlohmann::json::parse(contents_of(run() / "result.json"));
  EXPECT_TRUE(result.at("interrupted"));
  EXPECT_FALSE(fs::exists(run() / kComparisonFile));

  const Outcome resumed =
      sockmark({"run", "--resume", "latest", "--results", results()});
  expect_one_line(resumed, 1);
  EXPECT_THAT(resumed.err, HasSubstr("begins anew"));
}

}  // namespace
}  // namespace sockmark
