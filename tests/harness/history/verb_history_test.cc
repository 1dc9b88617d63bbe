// sockmark history itself: options and files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/harness/golden.h"
#include "tests/harness/history/history_verb.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

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

TEST_F(HistoryVerb, ShowsASingleRun) {
  add(sketched_runs(1, 99));
  const Outcome outcome = history({"--no-plots"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("too few runs to look for change points: "
                                     "1 of 30"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("last change")));
}

}  // namespace
}  // namespace sockmark
