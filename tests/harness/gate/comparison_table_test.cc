#include "harness/gate/comparison_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "harness/text/text.h"
#include "tests/harness/gate/figures_to_show.h"
#include "tests/harness/gate/made_comparison.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const char* const kLong = "long/epoll_lt/64 connections";
const char* const kShort = "short/epoll_lt/64 connections";

Comparison regressed() {
  Comparison comparison = like_comparison({kShort, kLong});
  figure_of(comparison, kLong, "CPU/request") = made_figure(
      kLong, cpu_metric(),
      {.base_median = 21'300, .ratio = 1.098, .finding = Finding::regressed});
  return comparison;
}

Comparison inconclusive() {
  Comparison comparison = like_comparison({kLong, kShort});
  figure_of(comparison, kShort, "req/s") = made_figure(
      kShort, throughput_metric(),
      {.base_median = 45'210,
       .ratio = 0.969,
       .half_width = 0.06,
       .finding = Finding::inconclusive,
       .reason = "from 1.9 % better to 7.7 % worse (90 % interval), where 5 % "
                 "matters"});
  figure_of(comparison, kShort, "memory") = unknown_figure(
      kShort, memory_metric(), "no value of either side is known");
  return comparison;
}

Comparison improved() {
  Comparison comparison = like_comparison({kLong});
  figure_of(comparison, kLong, "req/s") = made_figure(
      kLong, throughput_metric(),
      {.base_median = 45'210, .ratio = 1.121, .finding = Finding::improved});
  return comparison;
}

Comparison not_worse() {
  Comparison comparison = like_comparison({kLong});
  figure_of(comparison, kLong, "p99") =
      made_figure(kLong, p99_metric(),
                  {.base_median = 2.9e6,
                   .ratio = 0.952,
                   .half_width = 0.1,
                   .finding = Finding::not_worse});
  return comparison;
}

Comparison with_losses() {
  Comparison comparison = like_comparison({kLong});
  comparison.missing = {"long/poll/64 connections"};
  comparison.failed = {
      "head: short/epoll_lt/64 connections: crashed in round 3"};
  comparison.fresh = {"long/io_uring/64 connections"};
  comparison.notes = {
      "2 of 20 trials of long/epoll_lt are suspect: other processes used 7 % "
      "of a core."};
  return comparison;
}

Comparison too_noisy() {
  Comparison comparison = regressed();
  comparison.too_noisy = true;
  comparison.notes = {
      "6 of 20 rounds were disturbed and could not be run again: `sockmark "
      "doctor` says what to mend."};
  return comparison;
}

Comparison unpaired() {
  Comparison comparison = like_comparison({kLong});
  comparison.pairing = Pairing::unpaired;
  comparison.base = {.name = "results/2026-07-01T10-00",
                     .description = "1a2b3c4, clean"};
  comparison.head = {.name = "results/2026-07-02T10-00",
                     .description = "5d6e7f8, clean"};
  figure_of(comparison, kLong, "CPU/request").head.resize(8);
  comparison.notes = {
      "To gate a change, use `sockmark ab`: it measures both sides in turns."};
  return comparison;
}

Comparison identical() {
  Comparison comparison = like_comparison({kLong});
  comparison.identical = {"epoll_lt"};
  return comparison;
}

Comparison too_few() {
  Comparison comparison = like_comparison({kLong});
  comparison.rounds = 4;
  for (Judgement& figure : comparison.judgements) {
    figure.base.resize(4);
    figure.head.resize(4);
    if (!figure.estimate) continue;
    figure.estimate->coverage = 0.875;
    figure.finding = Finding::inconclusive;
    figure.reason = "needs more rounds: 10 at least, has 4";
    figure.smallest_visible.reset();
  }
  return comparison;
}

struct Case {
  const char* name;
  Comparison comparison;
  const char* verdict;
};

std::vector<Case> cases() {
  return {
      {"regressed", regressed(),
       "✗ head is slower: 1 of 14 figures regressed\n"},
      {"same", like_comparison({kLong}), "= no regression: 7 same\n"},
      {"inconclusive", inconclusive(),
       "? no regression seen: 12 same, 2 inconclusive\n"},
      {"improved", improved(), "✓ no regression: 1 improved, 6 same\n"},
      {"not_worse", not_worse(), "≥ no regression: 6 same, 1 not worse\n"},
      {"losses", with_losses(),
       "✗ head fails: 1 cell is missing, 1 failure; no figure "
       "regressed\n"},
      {"too_noisy", too_noisy(), "? no verdict: the machine was too noisy"},
      {"unpaired", unpaired(), "= no regression: 7 same\n"},
      {"identical", identical(), "= no regression: 7 same\n"},
      {"too_few", too_few(), "? no regression seen: 2 same, 5 inconclusive\n"}};
}

std::string golden(const std::string& name) {
  return SOURCE_DIR "/tests/golden/comparison_" + name;
}

TEST(ComparisonTable, reads_well_in_80_columns_and_as_markdown) {
  for (const Case& one : cases()) {
    SCOPED_TRACE(one.name);
    const std::string text = terminal_table(one.comparison);
    EXPECT_THAT(text, StartsWith(one.verdict));
    expect_same_as_file(text, golden(std::string(one.name) + ".txt"));
    expect_same_as_file(markdown(one.comparison),
                        golden(std::string(one.name) + ".md"));
  }
}

TEST(ComparisonTable, reads_well_in_other_widths) {
  for (const std::size_t width : {60u, 120u}) {
    const auto name = "regressed_" + std::to_string(width) + ".txt";
    expect_same_as_file(terminal_table(regressed(), {.width = width}),
                        golden(name));
  }
}

TEST(ComparisonTable, keeps_to_the_terminal) {
  std::vector<Case> all = cases();
  all.push_back({"motley", motley_comparison(60), ""});
  for (const Case& one : all) {
    for (const std::size_t width : {40u, 60u, 80u, 100u, 120u, 200u}) {
      std::istringstream lines(
          terminal_table(one.comparison, {.width = width}));
      for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(display_width(line), width) << one.name << ": " << line;
      }
    }
  }
}

TEST(ComparisonTable, says_which_columns_it_has_no_room_for) {
  EXPECT_THAT(terminal_table(regressed(), {.width = 60}),
              HasSubstr("No room for:"));
  EXPECT_THAT(terminal_table(regressed(), {.width = 200}),
              Not(HasSubstr("No room for:")));
}

TEST(ComparisonTable, colours_only_where_it_is_asked_to) {
  EXPECT_THAT(terminal_table(regressed()), Not(HasSubstr("\033")));
  const std::string text = terminal_table(regressed(), {.colour = true});
  EXPECT_THAT(text, HasSubstr("\033[31m✗ regressed"));
}

TEST(ComparisonTable, says_better_and_worse_by_the_metric) {
  Comparison comparison;
  const auto add = [&comparison](const Metric& metric, double ratio) {
    comparison.judgements.push_back(
        made_figure("cell", metric, {.base_median = 1000, .ratio = ratio}));
  };
  add(cpu_metric(), 1.041);
  add(throughput_metric(), 1.042);
  add(cpu_metric(), 0.957);
  add(throughput_metric(), 0.958);
  const std::string text = terminal_table(comparison, {.width = 120});
  EXPECT_THAT(text, HasSubstr("+4.1 % worse"));
  EXPECT_THAT(text, HasSubstr("+4.2 % better"));
  EXPECT_THAT(text, HasSubstr("-4.3 % better"));
  EXPECT_THAT(text, HasSubstr("-4.2 % worse"));
}

TEST(ComparisonTable, calls_slower_what_is_of_speed_and_worse_what_is_not) {
  Comparison comparison = like_comparison({kLong});
  figure_of(comparison, kLong, "memory").finding = Finding::regressed;
  EXPECT_THAT(terminal_table(comparison),
              StartsWith("✗ head is worse: 1 of 7"));
  figure_of(comparison, kLong, "memory").finding = Finding::same;
  figure_of(comparison, kLong, "p50").finding = Finding::regressed;
  EXPECT_THAT(terminal_table(comparison),
              StartsWith("✗ head is slower: 1 of 7"));
}

TEST(ComparisonTable, shows_a_difference_where_zeros_leave_no_ratio) {
  Comparison comparison;
  comparison.judgements = {exact_figure("cell", errors_metric(), 0, 0.003,
                                        Finding::regressed, "in 3 rounds")};
  const std::string text = terminal_table(comparison, {.width = 120});
  EXPECT_THAT(text, HasSubstr("+0.00300 worse"));
  EXPECT_THAT(text, HasSubstr("✗ errors/request: in 3 rounds."));
  EXPECT_THAT(text, Not(HasSubstr("inf")));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

// What judge() says of two sides, where a value is not a number and a failure
// is no UTF-8.
TEST(ComparisonTable, shows_what_was_judged) {
  const Comparison comparison = made_comparison();
  for (const std::string& text :
       {terminal_table(comparison, {.width = 120}), markdown(comparison)}) {
    EXPECT_THAT(text, HasSubstr("head is worse: 2 of 5 figures regressed"));
    EXPECT_THAT(text, HasSubstr("+10.0 % worse"));
    EXPECT_THAT(text, HasSubstr("CPU/request"));
    EXPECT_THAT(text, HasSubstr("needs more rounds"));
    EXPECT_THAT(text, HasSubstr("a value is not a number"));
    EXPECT_THAT(text, HasSubstr("poll is the same binary on both sides"));
    EXPECT_THAT(text, HasSubstr("short/fork/64 connections"));
    EXPECT_THAT(text, Not(HasSubstr("nan")));
    EXPECT_THAT(text, Not(HasSubstr("\xff")));
  }
}

TEST(ComparisonTable, keeps_long_names_whole) {
  const std::string cell = "long/" + std::string(150, 'x') + "µ/64 connections";
  Comparison comparison = like_comparison({cell});
  comparison.head.name = "topic/" + std::string(90, 'y');
  std::string text = terminal_table(comparison, {.width = 60});
  std::erase(text, '\n');
  EXPECT_THAT(text, HasSubstr(std::string(150, 'x') + "µ/64 connections"));
  std::erase(text, ' ');
  EXPECT_THAT(text, HasSubstr(comparison.head.name));
}

TEST(ComparisonTable, explains_only_what_it_shows) {
  Comparison exact;
  exact.judgements = {
      exact_figure("cell", system_calls_metric(), 2, 2, Finding::same)};
  EXPECT_THAT(terminal_table(exact), Not(HasSubstr("Hodges")));
  EXPECT_THAT(terminal_table(exact), Not(HasSubstr("p: ")));
  EXPECT_THAT(terminal_table(exact), HasSubstr("Margin: "));
  EXPECT_THAT(terminal_table(regressed(), {.width = 120}),
              AllOf(HasSubstr("Hodges"), HasSubstr("p: ")));
}

TEST(ComparisonTable, of_failures_alone_counts_them) {
  Comparison failed = like_comparison({});
  failed.failed = {"base: cell: crashed", "head: cell: crashed"};
  EXPECT_THAT(
      terminal_table(failed),
      StartsWith("? inconclusive: no figure could be judged, 2 failures\n"));
}

TEST(ComparisonTable, of_nothing_says_so) {
  const Comparison nothing = like_comparison({});
  EXPECT_THAT(terminal_table(nothing), StartsWith("? nothing to compare"));
  EXPECT_THAT(markdown(nothing), HasSubstr("nothing to compare"));
}

TEST(ComparisonMarkdown, has_what_regressed_first_and_folds_the_rest) {
  const std::string text = markdown(regressed());
  const auto fold = text.find("<details>");
  ASSERT_NE(fold, std::string::npos);
  EXPECT_LT(text.find(kLong), fold);
  EXPECT_GT(text.find(kShort), fold);
  EXPECT_THAT(text, HasSubstr("<summary>1 cell without a regression: 7 same"));
  EXPECT_GT(text.find("</details>"), text.find(kShort));
}

TEST(ComparisonMarkdown, takes_names_for_text) {
  Comparison comparison = like_comparison({"<script>|*x*"});
  comparison.head.name = "a|b";
  const std::string text = markdown(comparison);
  EXPECT_THAT(text, HasSubstr("\\<script>\\|\\*x\\*"));
  EXPECT_THAT(text, HasSubstr("a\\|b"));
}

TEST(ComparisonMarkdown, fits_a_job_summary) {
  Comparison comparison = motley_comparison(30'000);
  comparison.missing.assign(20'000, std::string(300, 'x'));
  const std::string text = markdown(comparison);
  EXPECT_LE(text.size(), kMostSummaryBytes);
  EXPECT_GT(text.size(), kMostSummaryBytes / 2);
  EXPECT_THAT(text, HasSubstr("more cells: comparison.json has them"));
  EXPECT_THAT(text, HasSubstr("- and 19950 more"));
}

}  // namespace
}  // namespace sockmark
