#include "harness/history/series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/history/history_words.h"
#include "tests/harness/synthetic_history.h"

namespace sockmark {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const Metric kCpu = {.name = "cpu_ns_per_request",
                     .label = "CPU/request",
                     .unit = "ns",
                     .better = Better::lower};

History history_of_runs(const std::vector<SketchedRun>& runs,
                        const ChangePointRules& rules = {}) {
  std::vector<MeasuredRun> all;
  for (const SketchedRun& run : runs) all.push_back(measured(run));
  return history_of(std::move(all), kCpu, rules);
}

const Series& of(const std::string& server, const History& history) {
  const auto found = std::find_if(
      history.series.begin(), history.series.end(),
      [&server](const Series& series) { return series.server == server; });
  EXPECT_NE(found, history.series.end()) << server;
  return *found;
}

TEST(Series, AreInTheOrderOfTheRuns) {
  auto runs = sketched_runs(7, 99);
  std::rotate(runs.begin(), runs.begin() + 3, runs.end());
  const History history = history_of_runs(runs);
  ASSERT_THAT(history.runs, SizeIs(7));
  EXPECT_EQ(history.runs.front().name, "20260101-120000-standard");
  EXPECT_EQ(history.runs.back().date, "2026-01-07T12:00:00Z");
  const Series& poll = of("poll", history);
  ASSERT_THAT(poll.points, SizeIs(7));
  for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(poll.points[i].run, i);
}

TEST(Series, HaveTheMedianOfTheUsableTrialsWithItsInterval) {
  const History history =
      history_of_runs({{.day = 0, .servers = {{"poll", 10'000}}}});
  const MedianInterval value = *of("poll", history).latest().value;
  EXPECT_EQ(value.median, 10'000);
  EXPECT_EQ(value.low, 9'900);
  EXPECT_EQ(value.high, 10'100);
  EXPECT_EQ(value.n, 3);
  EXPECT_EQ(value.coverage, 0.75);
}

TEST(Series, SayWhereAStepIsAndWhetherTheProgramChanged) {
  const History history = history_of_runs(sketched_runs(40, 25));
  const Series& epoll = of("epoll_lt", history);
  ASSERT_THAT(epoll.steps, SizeIs(1));
  const Step& step = epoll.steps[0];
  EXPECT_EQ(epoll.points[step.point].run, 25);
  EXPECT_EQ(epoll.points[step.before].run, 24);
  EXPECT_NEAR(step.ratio, 1.1, 0.02);
  EXPECT_EQ(step.same_binary, false);
  ASSERT_THAT(epoll.segments, SizeIs(2));
  EXPECT_EQ(epoll.segments[0].n, 25);
  EXPECT_EQ(epoll.segments[1].n, 15);
  EXPECT_NEAR(epoll.segments[1].median, 9'460, 200);
  EXPECT_THAT(of("poll", history).steps, IsEmpty());
  EXPECT_EQ(of("poll", history).why_not_looked, "");
}

TEST(Series, CountRunsWithoutAFigureAsGaps) {
  auto runs = sketched_runs(40, 99);
  for (SketchedRun& run : runs) {
    for (auto& [server, cpu_ns] : run.servers) {
      if (server == "fork" && run.day >= 20) cpu_ns *= 1.3;
    }
  }
  const History history = history_of_runs(runs);
  const Series& fork = of("fork", history);
  EXPECT_THAT(fork.points, SizeIs(40));
  EXPECT_THAT(fork.values(), SizeIs(36));
  EXPECT_FALSE(fork.points[9].value.has_value());
  EXPECT_EQ(fork.points[9].why_not,
            "crashed: killed by SIGSEGV (3 of 3 trials)");
  ASSERT_THAT(fork.steps, SizeIs(1));
  EXPECT_EQ(fork.steps[0].point, 20) << "gaps are counted";
  EXPECT_EQ(fork.steps[0].before, 18) << "the last with a figure";
  EXPECT_EQ(fork.steps[0].same_binary, true);
}

TEST(Series, WithoutAnyFigureAreNamed) {
  const History history =
      history_of_runs({{.day = 0, .servers = {{"poll", 1'000}, {"fork", 0}}}});
  EXPECT_THAT(history.series, SizeIs(1));
  EXPECT_THAT(history.without_figures,
              testing::ElementsAre("long/fork (loadgen): crashed: killed by "
                                   "SIGSEGV (3 of 3 trials)"));
}

TEST(Series, AreApartWhereTheWorkloadDiffers) {
  MeasuredRun one = measured({.day = 0, .servers = {{"poll", 1'000}}});
  MeasuredRun other = measured({.day = 1, .servers = {{"poll", 1'000}}});
  other.cells[0].workload.connections = 7;
  EXPECT_THAT(history_of({one, other}, kCpu, {}).series, SizeIs(2));
  other.cells[0].workload = one.cells[0].workload;
  other.cells[0].workload.tool = "wrk";
  EXPECT_THAT(history_of({one, other}, kCpu, {}).series, SizeIs(2));
}

TEST(Series, OfFewRunsSayThatTheyAreTooFew) {
  const History history = history_of_runs(sketched_runs(12, 99));
  EXPECT_EQ(of("poll", history).why_not_looked,
            "too few runs to look for change points: 12 of 30");
  EXPECT_THAT(of("poll", history).segments, SizeIs(1));
  ChangePointRules rules;
  rules.fewest_values = 16;
  EXPECT_EQ(of("epoll_lt", history_of_runs(sketched_runs(20, 10), rules))
                .steps.size(),
            1);
}

TEST(Series, HaveLimitsOfTheCurrentSegment) {
  auto runs = sketched_runs(40, 25);
  runs.back().servers[0].second *= 1.2;
  const History history = history_of_runs(runs);
  const Series& epoll = of("epoll_lt", history);
  ASSERT_TRUE(epoll.limits.has_value());
  EXPECT_NEAR(epoll.limits->centre, 9'460, 200);
  EXPECT_GT(epoll.limits->low, 8'600) << "of this level, not of the former";
  EXPECT_TRUE(epoll.latest_is_outside());
  EXPECT_THAT(epoll.steps, SizeIs(1)) << "one run is no change";
  EXPECT_FALSE(
      of("epoll_lt", history_of_runs(sketched_runs(4, 99))).limits.has_value());
}

TEST(Series, HaveNoRatioToNothing) {
  MeasuredRun run = measured({.day = 0, .servers = {{"poll", 0.1}}});
  EXPECT_FALSE(run.cells[0].value.has_value());
  EXPECT_THAT(run.cells[0].why_not, testing::HasSubstr("it was 0"));
}

TEST(Series, ReadInTheMetricsDirection) {
  EXPECT_EQ(change_in_words(1.098, Better::lower), "+9.8 % worse");
  EXPECT_EQ(change_in_words(1.098, Better::higher), "+9.8 % better");
  EXPECT_EQ(change_in_words(0.9, Better::lower), "−10.0 % better");
  EXPECT_EQ(change_in_words(0.9, Better::higher), "−10.0 % worse");
}

}  // namespace
}  // namespace sockmark
