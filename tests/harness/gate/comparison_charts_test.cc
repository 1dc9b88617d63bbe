#include "harness/gate/comparison_charts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "harness/report/plot.h"
#include "harness/text/text.h"
#include "tests/harness/gate/figures_to_show.h"
#include "tests/harness/gate/made_comparison.h"
#include "tests/harness/golden.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const char* const kCell = "long/epoll_lt/64 connections";

bool has_gnuplot() {
  return std::system("gnuplot --version >/dev/null 2>&1") == 0;
}

#define SKIP_WITHOUT_GNUPLOT() \
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed: NOT TESTED"

// The rows of a .tsv below its names, each as its fields.
std::vector<std::vector<std::string>> rows_of(const std::string& tsv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(tsv);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    auto& fields = rows.emplace_back();
    std::size_t start = 0;
    for (std::size_t tab; (tab = line.find('\t', start)) != std::string::npos;
         start = tab + 1) {
      fields.push_back(line.substr(start, tab - start));
    }
    fields.push_back(line.substr(start));
  }
  return rows;
}

Comparison of_all_kinds() {
  Comparison comparison = like_comparison({kCell});
  figure_of(comparison, kCell, "CPU/request") = made_figure(
      kCell, cpu_metric(),
      {.base_median = 21'300, .ratio = 1.098, .finding = Finding::regressed});
  figure_of(comparison, kCell, "errors/request") =
      exact_figure(kCell, errors_metric(), 0, 0.003, Finding::regressed,
                   "in 3 of 10 rounds of the new side");
  figure_of(comparison, kCell, "memory") = unknown_figure(
      kCell, memory_metric(), "no value of either side is known");
  return comparison;
}

TEST(ForestChart, has_a_row_for_each_figure) {
  const auto chart = forest_chart(of_all_kinds(), "commit abc");
  ASSERT_TRUE(chart);
  expect_same_as_file(chart->medians, SOURCE_DIR "/tests/golden/forest.tsv");
  EXPECT_THAT(chart->settings, HasSubstr("head is worse: 2 of 7"));
  EXPECT_THAT(chart->settings, HasSubstr("commit abc"));
}

TEST(ForestChart, begins_with_what_regressed_and_goes_on_with_the_worst) {
  Comparison comparison = like_comparison({});
  const auto add = [&comparison](double ratio, Finding finding) {
    comparison.judgements.push_back(
        made_figure(kCell, cpu_metric(), {.ratio = ratio, .finding = finding}));
  };
  add(0.9, Finding::improved);
  add(1.2, Finding::inconclusive);
  comparison.judgements.push_back(
      unknown_figure(kCell, memory_metric(), "unknown"));
  add(1.05, Finding::regressed);
  add(1.1, Finding::regressed);
  const auto order = worst_first(comparison);
  ASSERT_EQ(order.size(), 5u);
  EXPECT_EQ(order[0]->estimate->ratio, 1.1);
  EXPECT_EQ(order[1]->estimate->ratio, 1.05);
  EXPECT_EQ(order[2]->estimate->ratio, 1.2);
  EXPECT_EQ(order[3]->estimate->ratio, 0.9);
  EXPECT_FALSE(order[4]->estimate);
}

TEST(ForestChart, keeps_apart_what_should_be_less_and_what_should_be_more) {
  const auto chart = forest_chart(like_comparison({kCell}), "");
  ASSERT_TRUE(chart);
  for (const auto& row : rows_of(chart->medians)) {
    EXPECT_EQ(row[0], row[3] == "req/s" ? "1" : "0") << row[3];
  }
  EXPECT_THAT(chart->settings, HasSubstr("'◀ better'"));
  EXPECT_THAT(chart->settings, HasSubstr("'◀ worse'"));
}

TEST(ForestChart, leaves_empty_what_is_not_known) {
  for (const std::size_t figures : {3u, 18u, 100u}) {
    const auto chart = forest_chart(motley_comparison(figures), "");
    ASSERT_TRUE(chart);
    EXPECT_EQ(rows_of(chart->medians).size(), figures);
    for (const char* const bad : {"nan", "inf"}) {
      EXPECT_THAT(chart->medians, Not(HasSubstr(bad)));
      EXPECT_THAT(chart->settings, Not(HasSubstr(bad)));
    }
  }
}

TEST(ComparisonCharts, are_of_what_was_judged) {
  const auto charts = comparison_charts(made_comparison(), "");
  ASSERT_EQ(charts.size(), 2u);
  for (const Chart& chart : charts) {
    const std::string all = chart.medians + chart.rounds + chart.settings;
    EXPECT_THAT(all, HasSubstr("CPU/request"));
    for (const char* const bad : {"nan", "\tinf"}) {
      EXPECT_THAT(all, Not(HasSubstr(bad)));
    }
  }
}

TEST(ForestChart, says_how_many_figures_it_has_no_room_for) {
  const auto chart = forest_chart(motley_comparison(kMostForestRows + 30), "");
  ASSERT_TRUE(chart);
  EXPECT_EQ(rows_of(chart->medians).size(), kMostForestRows);
  EXPECT_THAT(chart->settings, HasSubstr("30 more figures are in the table."));
}

TEST(ForestChart, keeps_both_ends_of_a_long_name) {
  const std::string name = "long/" + std::string(60, 'x') + "ä/64 connections";
  Comparison comparison = like_comparison({});
  comparison.judgements = {made_figure(name, cpu_metric(), {})};
  const auto chart = forest_chart(comparison, "");
  ASSERT_TRUE(chart);
  const auto row = rows_of(chart->medians).front();
  EXPECT_EQ(row[2], name);
  EXPECT_EQ(row[4], "long/" + std::string(17, 'x') + "…xxxxxä/64 connections");
}

TEST(ComparisonCharts, name_both_sides_in_a_line_that_fits) {
  Comparison comparison = like_comparison({});
  EXPECT_EQ(sides_line(comparison),
            "base main (1a2b3c4, clean) · head topic/faster-parser (5d6e7f8, "
            "with changes that are not committed)");
  comparison.base.description.assign(200, 'x');
  comparison.head.name = "topic/" + std::string(200, 'y') + "-end";
  const std::string line = sides_line(comparison);
  EXPECT_LE(display_width(line), 140u);
  EXPECT_THAT(line, HasSubstr("base main (xxx"));
  EXPECT_THAT(line, HasSubstr("yyy-end (5d6e7f8, with changes"));
}

TEST(DistributionsChart, has_every_value_of_both_sides) {
  const auto chart = distributions_chart(of_all_kinds(), "");
  ASSERT_TRUE(chart);
  expect_same_as_file(chart->medians,
                      SOURCE_DIR "/tests/golden/distributions.tsv");
  expect_same_as_file(chart->rounds,
                      SOURCE_DIR "/tests/golden/distributions_rounds.tsv");
}

TEST(DistributionsChart, sets_two_runs_one_after_the_other) {
  Comparison comparison = like_comparison({});
  comparison.pairing = Pairing::unpaired;
  comparison.judgements = {made_figure(kCell, cpu_metric(), {.n = 4})};
  comparison.judgements.front().head.resize(3);
  const auto chart = distributions_chart(comparison, "");
  ASSERT_TRUE(chart);
  const auto rows = rows_of(chart->rounds);
  ASSERT_EQ(rows.size(), 7u);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(rows[i][2].empty(), i >= 4) << i;
    EXPECT_EQ(rows[i][3].empty(), i < 4) << i;
  }
  EXPECT_EQ(rows[3][1], "4");
  EXPECT_EQ(rows[4][1], "6");
}

TEST(DistributionsChart, leaves_out_what_never_varies_and_says_so) {
  const auto chart = distributions_chart(like_comparison({kCell}), "");
  ASSERT_TRUE(chart);
  EXPECT_EQ(rows_of(chart->medians).size(), 5u);
  EXPECT_THAT(chart->settings, HasSubstr("2 figures with the same value"));
}

TEST(ComparisonCharts, of_nothing_are_none) {
  EXPECT_TRUE(comparison_charts(like_comparison({}), "").empty());
  Comparison unknown = like_comparison({});
  unknown.judgements = {unknown_figure(kCell, cpu_metric(), "unknown")};
  const auto charts = comparison_charts(unknown, "");
  ASSERT_EQ(charts.size(), 1u);
  EXPECT_EQ(charts.front().name, "forest");
}

// Whatever there is to draw, gnuplot draws it.
TEST(ComparisonCharts, are_drawn) {
  SKIP_WITHOUT_GNUPLOT();
  std::vector<Comparison> all = {of_all_kinds(), motley_comparison(3),
                                 motley_comparison(18), motley_comparison(100)};
  all.push_back(motley_comparison(18));
  all.back().pairing = Pairing::unpaired;
  for (const Comparison& comparison : all) {
    const TemporaryFolder folder;
    const PlotResult result =
        draw_into(folder.path(), comparison_charts(comparison, "commit abc"),
                  {.scripts = SOURCE_DIR "/plots"});
    EXPECT_EQ(result.warning, "");
    EXPECT_EQ(result.images.size(), 4u);
    for (const fs::path& image : result.images) {
      EXPECT_GT(fs::file_size(image), 1000u) << image;
    }
    const std::string svg = contents_of(folder.path() / "forest.svg");
    for (const char* const text :
         {"CPU/request", "✗ regressed", "better", "worse", "commit abc"}) {
      EXPECT_THAT(svg, HasSubstr(text));
    }
    EXPECT_THAT(svg, Not(HasSubstr(SOURCE_DIR)));
  }
}

// A chart of words alone, none of which has a place.
TEST(ComparisonCharts, are_drawn_without_any_estimate) {
  SKIP_WITHOUT_GNUPLOT();
  Comparison unknown = like_comparison({});
  unknown.judgements = {
      unknown_figure(kCell, cpu_metric(), "no value of either side is known")};
  const TemporaryFolder folder;
  draw_into(folder.path(), comparison_charts(unknown, ""),
            {.scripts = SOURCE_DIR "/plots"});
  EXPECT_THAT(contents_of(folder.path() / "forest.svg"),
              HasSubstr("no estimate"));
}

}  // namespace
}  // namespace sockmark
