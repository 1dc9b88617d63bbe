// sockmark history itself: options, files, exit statuses, one-line errors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"
#include "tests/harness/synthetic_history.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class HistoryVerb : public testing::Test {
 protected:
  void add(const std::vector<SketchedRun>& runs) const {
    for (const SketchedRun& run : runs) write_run(folder_.path(), run);
  }

  Outcome history(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"history", "--results",
                                          folder_.path().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return sockmark(arguments);
  }

  nlohmann::json json(std::vector<std::string> more) const {
    more.insert(more.end(), {"--json", "-", "--no-plots"});
    const Outcome outcome = history(more);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return nlohmann::json::parse(outcome.out);
  }

  TemporaryFolder folder_;
};

TEST_F(HistoryVerb, SaysWhereTheLevelChanged) {
  add(sketched_runs(40, 25));
  const Outcome outcome = history({"--no-plots"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, HasSubstr("epoll_lt"));
  EXPECT_THAT(outcome.out, HasSubstr("worse"));
  EXPECT_THAT(outcome.out, HasSubstr("20260126-120000-standard"));
  EXPECT_THAT(outcome.out, HasSubstr("000025ab"));
  EXPECT_FALSE(fs::exists(folder_.path() / "history.tsv"));
}

TEST_F(HistoryVerb, WritesItForMachines) {
  add(sketched_runs(40, 25));
  const auto all = json({});
  EXPECT_EQ(all.at("series").size(), 3);
  EXPECT_EQ(all.at("runs").size(), 40);
  const auto one = json({"--server", "epoll_lt"});
  const auto& series = one.at("series").at(0);
  EXPECT_EQ(series.at("server"), "epoll_lt");
  EXPECT_EQ(series.at("change_points").at(0).at("run"),
            "20260126-120000-standard");
  EXPECT_TRUE(series.at("change_points").at(0).at("worse"));
  const fs::path file = folder_.path() / "out.json";
  const Outcome both = history({"--json", file.string(), "--no-plots"});
  EXPECT_THAT(both.out, HasSubstr("last change"));
  EXPECT_EQ(nlohmann::json::parse(contents_of(file)), all);
}

TEST_F(HistoryVerb, ShowsTheMetricThatIsAskedFor) {
  add(sketched_runs(5, 99));
  const auto one = json({"--metric", "p99_ns", "--last", "3"});
  EXPECT_EQ(one.at("metric").at("name"), "p99_ns");
  EXPECT_EQ(one.at("runs").size(), 3);
  EXPECT_EQ(one.at("series").at(0).at("points").at(0).at("median"), 5e6);
  const Outcome none = history({"--metric", "pss_loaded_bytes"});
  EXPECT_EQ(none.status, 7);
  EXPECT_EQ(none.out, "");
  EXPECT_THAT(none.err, HasSubstr("no run in " + folder_.path().string() +
                                  " has a figure of pss_loaded_bytes: "
                                  "long/epoll_lt (loadgen): its trials do not "
                                  "say; long/poll"));
}

TEST_F(HistoryVerb, LooksAtFewerRunsWhereItIsTold) {
  add(sketched_runs(20, 10));
  EXPECT_EQ(
      json({"--server", "epoll_lt"}).at("series").at(0).at("why_not_looked"),
      "too few runs to look for change points: 20 of 30");
  const auto looked = json({"--server", "epoll_lt", "--min", "16"});
  EXPECT_TRUE(looked.at("series").at(0).at("why_not_looked").is_null());
  EXPECT_EQ(looked.at("series").at(0).at("change_points").size(), 1);
}

TEST_F(HistoryVerb, DrawsWhereItIsTold) {
  add(sketched_runs(5, 99));
  const fs::path stem = folder_.path() / "made/for/this";
  const Outcome outcome = history({"--chart", stem.string()});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(fs::exists(stem.string() + ".tsv"));
  EXPECT_FALSE(fs::exists(folder_.path() / "history.tsv"));
  EXPECT_EQ(history({}).status, 0);
  EXPECT_TRUE(fs::exists(folder_.path() / "history.tsv"));
}

TEST_F(HistoryVerb, LeavesNoOlderPagesBehind) {
  add(sketched_runs(5, 99));
  for (const char* const name :
       {"history.svg", "history-2.svg", "history-3.tsv", "history-5.svg"}) {
    std::ofstream(folder_.path() / name) << "old";
  }
  EXPECT_EQ(history({}).status, 0);
  EXPECT_FALSE(fs::exists(folder_.path() / "history-2.svg"));
  EXPECT_FALSE(fs::exists(folder_.path() / "history-3.tsv"));
  EXPECT_TRUE(fs::exists(folder_.path() / "history-5.svg")) << "not ours";
}

TEST_F(HistoryVerb, NamesWhatItLeavesOut) {
  add(sketched_runs(3, 99));
  write_run(folder_.path(), {.day = 3, .servers = {{"poll", 1}}});
  write_run(folder_.path(),
            {.day = 0, .servers = {{"poll", 1}}, .kernel = "5.10.0"});
  fs::create_directory(folder_.path() / "notes");
  std::ofstream(folder_.path() / "20260104-120000-standard/trials.jsonl",
                std::ios::app)
      << "{\"cut";
  const Outcome outcome = history({"--no-plots"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("20260104-120000-standard: trials.jsonl "
                                     "is cut off"));
  EXPECT_THAT(outcome.err, HasSubstr("notes: it has no trials.jsonl"));
  EXPECT_THAT(outcome.err, HasSubstr("1 run of another machine: kernel 5.10"));
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 3);
}

TEST_F(HistoryVerb, ExitsWith7WhereThereIsNothing) {
  const Outcome empty = history({});
  EXPECT_EQ(empty.status, 7);
  EXPECT_EQ(empty.out, "");
  EXPECT_EQ(empty.err, "sockmark: no run in " + folder_.path().string() +
                           " yet: sockmark run makes one\n");
  fs::create_directory(folder_.path() / "notes");
  const Outcome damaged = history({"--json", "-"});
  EXPECT_EQ(damaged.status, 7);
  EXPECT_EQ(damaged.out, "");
  EXPECT_THAT(damaged.err, HasSubstr("no run is left in"));
  add(sketched_runs(2, 99));
  const Outcome unknown = history({"--server", "pol"});
  EXPECT_EQ(unknown.status, 7);
  EXPECT_THAT(unknown.err, HasSubstr(" has a server named 'pol' (did you mean "
                                     "'poll'?)"));
  EXPECT_THAT(history({"--workload", "short"}).err,
              HasSubstr(" has a workload named 'short'"));
}

TEST_F(HistoryVerb, ExitsWith7WhereNoTrialIsUsable) {
  add({{.day = 0, .servers = {{"fork", 0}}},
       {.day = 1, .servers = {{"fork", 0}}}});
  const Outcome outcome = history({"--json", "-"});
  EXPECT_EQ(outcome.status, 7);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "sockmark: no run in " + folder_.path().string() +
                             " has a figure of cpu_ns_per_request: long/fork "
                             "(loadgen): crashed: killed by SIGSEGV (3 of 3 "
                             "trials)\n");
}

TEST_F(HistoryVerb, TellsRunsThatHaveNotEnded) {
  add(sketched_runs(2, 99));
  add({{.day = 3, .servers = {{"poll", 9'800}}, .has_ended = false}});
  const Outcome outcome = history({"--no-plots"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("20260104-120000-standard goes on, was "
                                     "interrupted or has lost"));
  EXPECT_FALSE(json({}).at("runs").at(2).at("has_ended"));
}

TEST_F(HistoryVerb, ShowsASingleRun) {
  add(sketched_runs(1, 99));
  const Outcome outcome = history({"--no-plots"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("too few runs to look for change points: "
                                     "1 of 30"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("last change")));
}

TEST_F(HistoryVerb, SaysInALineWhatIsWrongWithItsCommandLine) {
  add(sketched_runs(2, 99));
  for (const auto& [arguments, said] :
       std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"--metric", "speed"}, "speed"},
           {{"--last", "0"}, "--last"},
           {{"--min", "5"}, "--min"},
           {{"--chart", "a", "--no-plots"}, "excludes"},
           {{"--chart", "folder/"}, "names no file"}}) {
    const Outcome outcome = history(arguments);
    EXPECT_EQ(outcome.status, 2) << said;
    EXPECT_THAT(outcome.err, HasSubstr(said));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1)
        << outcome.err;
  }
  const Outcome unwritable = history({"--json", "/no/such/folder/file"});
  EXPECT_EQ(unwritable.status, 1);
  EXPECT_THAT(unwritable.err, HasSubstr("cannot write /no/such/folder/file"));
}

}  // namespace
}  // namespace sockmark
