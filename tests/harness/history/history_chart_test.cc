#include "harness/history/history_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "harness/history/history_panel.h"
#include "harness/report/plot.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic_history.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

HistoryReport report_of(const std::vector<SketchedRun>& runs) {
  std::vector<MeasuredRun> all;
  for (const SketchedRun& run : runs) all.push_back(measured(run));
  return {
      .history = history_of(
          std::move(all),
          {.name = "cpu_ns_per_request", .label = "CPU/request", .unit = "ns"},
          {})};
}

bool has_gnuplot() {
  return std::system("gnuplot --version >/dev/null 2>&1") == 0;
}

class Drawn : public testing::TestWithParam<int> {};

TEST_P(Drawn, OfFewAndManyRuns) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed: NOT TESTED";
  const TemporaryFolder folder;
  const auto charts =
      history_charts(report_of(sketched_runs(GetParam(), 25)), "history");
  const PlotResult result =
      draw_into(folder.path(), charts, {.scripts = SOURCE_DIR "/plots"});
  EXPECT_EQ(result.warning, "");
  EXPECT_THAT(result.images, SizeIs(2));
  for (const fs::path& image : result.images) {
    EXPECT_GT(fs::file_size(image), 5000u) << image;
  }
  const std::string svg = contents_of(folder.path() / "history.svg");
  for (const char* const text :
       {"CPU/request over stored runs", "lower is better", "epoll_lt", "poll",
        "µs", "EPYC 7B13", "75.0 % for n = 3", "2026-01-01"}) {
    EXPECT_THAT(svg, HasSubstr(text));
  }
  EXPECT_EQ(svg.find("000025ab +") != std::string::npos, GetParam() > 30);
  EXPECT_EQ(svg.find("change point</text>") != std::string::npos,
            GetParam() > 30);
  EXPECT_EQ(svg.find("expected</text>") != std::string::npos, GetParam() > 10)
      << "only what is drawn is explained";
  EXPECT_THAT(svg, Not(HasSubstr(folder.path().string())));
  EXPECT_EQ(contents_of(folder.path() / "history.png").substr(1, 3), "PNG");
}

INSTANTIATE_TEST_SUITE_P(Runs, Drawn, testing::Values(1, 5, 40, 200));

TEST(HistoryChart, HasDataThatCanBeChecked) {
  const auto charts =
      history_charts(report_of(sketched_runs(40, 25)), "history");
  ASSERT_THAT(charts, SizeIs(1));
  EXPECT_EQ(charts[0].script, "history");
  EXPECT_THAT(charts[0].medians, HasSubstr("\t0\tgap\n"));
  EXPECT_THAT(charts[0].settings, HasSubstr("'000025ab +"));
  EXPECT_THAT(charts[0].settings, HasSubstr("runs = 40"));
}

TEST(HistoryChart, HasAsManyPagesAsItTakes) {
  SketchedRun run{.day = 0, .servers = {}};
  for (int i = 0; i < 17; ++i) {
    run.servers.emplace_back("server_" + std::to_string(i), 1000 + i);
  }
  const auto charts = history_charts(report_of({run}), "all");
  ASSERT_THAT(charts, SizeIs(3));
  EXPECT_EQ(charts[0].name, "all");
  EXPECT_EQ(charts[2].name, "all-3");
  EXPECT_THAT(history_charts({.history = {}}, "none"), IsEmpty());
}

HistoryPanel panel(const std::vector<SketchedRun>& runs) {
  const HistoryReport report = report_of(runs);
  return panel_of(report.history.series.at(0), report.history);
}

TEST(HistoryPanel, DrawsAnOutlierAtTheEdge) {
  auto runs = sketched_runs(40, 99);
  for (SketchedRun& run : runs) run.servers.resize(1);
  runs[7].servers[0].second *= 30;
  const HistoryPanel drawn = panel(runs);
  EXPECT_EQ(drawn.points[7].mark, RunMark::above);
  EXPECT_LT(drawn.y.most, 20) << "µs, of about 9";
  EXPECT_THAT(drawn.changes, IsEmpty());
}

TEST(HistoryPanel, RingsWhatIsOutsideOfTheLimits) {
  auto runs = sketched_runs(40, 99);
  for (SketchedRun& run : runs) run.servers.resize(1);
  runs[39].servers[0].second *= 1.15;
  const HistoryPanel drawn = panel(runs);
  EXPECT_EQ(drawn.points[39].mark, RunMark::out);
  EXPECT_THAT(drawn.verdict, HasSubstr("no change point in 40 runs"));
  EXPECT_THAT(drawn.verdict, HasSubstr("latest outside of the limits"));
  EXPECT_THAT(drawn.limits, SizeIs(2));
}

TEST(HistoryPanel, DoesNotFillItselfWithNoise) {
  SketchedRun run{.day = 0, .servers = {{"poll", 10'000}}};
  const HistoryPanel drawn = panel({run});
  EXPECT_LE(drawn.y.least, 9.5);
  EXPECT_GE(drawn.y.most, 10.5);
  EXPECT_THAT(drawn.verdict, HasSubstr("1 of 30"));
}

TEST(HistoryPanel, PutsTextsThatWouldOverlapInRows) {
  auto runs = sketched_runs(120, 999);
  for (SketchedRun& run : runs) {
    run.servers.resize(1);
    if (run.day / 10 % 2 == 1) run.servers[0].second *= 1.5;
  }
  const HistoryPanel drawn = panel(runs);
  ASSERT_GE(drawn.changes.size(), 8);
  EXPECT_GE(drawn.rows(), 2);
  EXPECT_NE(drawn.changes[0].row, drawn.changes[1].row);
  EXPECT_EQ(drawn.changes[0].x, 10.5) << "between the two runs";
}

}  // namespace
}  // namespace sockmark
