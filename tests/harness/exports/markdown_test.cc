#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "harness/exports/exports.h"
#include "tests/harness/exports/odd_run.h"
#include "tests/harness/gate/figures_to_show.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kMebibyte = 1024 * 1024;

// A workload per number of connections.
ExportedRun run_of(int workloads) {
  std::vector<TrialRecord> trials;
  for (int i = 1; i <= workloads; ++i) {
    trials.push_back(synthetic_trial("poll", {}));
    trials.back().workload.connections = i;
    trials.push_back(synthetic_trial("epoll_lt", {}));
    trials.back().workload.connections = i;
  }
  return exported_run(trials);
}

ExportedRun with_another_tool(ExportedRun run) {
  std::vector<TrialRecord> trials = std::move(run.trials);
  for (TrialRecord& trial : trials) {
    if (trial.workload.connections % 2 == 0) trial.workload.tool = "wrk";
  }
  return exported_run(std::move(trials));
}

// Rows of a table that has no other end than a line without a bar.
void expect_whole_tables(const std::string& text) {
  std::istringstream lines(text);
  std::size_t columns = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("|")) {
      columns = 0;
      continue;
    }
    const std::string unescaped =
        std::regex_replace(line, std::regex(R"(\\.)"), "");
    const auto bars = static_cast<std::size_t>(
        std::count(unescaped.begin(), unescaped.end(), '|'));
    if (columns == 0) columns = bars;
    EXPECT_EQ(bars, columns) << line;
  }
}

TEST(MarkdownSummary, IsAsAgreedOnAPlainRun) {
  expect_same_as_file(export_markdown(exported_run(sample_run())).text,
                      SOURCE_DIR "/tests/golden/summary.md");
}

// Of both sides of a server, of which the new one is slower.
ExportedRun run_of_two_sides() {
  std::vector<TrialRecord> trials;
  for (int round = 0; round < 2; ++round) {
    trials.push_back(synthetic_trial("epoll_lt@base", {}));
    trials.back().round = round;
    trials.push_back(synthetic_trial(
        "epoll_lt@head",
        {.requests_per_second = 9'300, .cpu_ns_per_request = 22e3}));
    trials.back().round = round;
  }
  ExportedRun run = exported_run(std::move(trials));
  const std::string cell = "long/epoll_lt/64 connections";
  run.comparison = like_comparison({cell});
  figure_of(*run.comparison, cell, "CPU/request") = made_figure(
      cell, cpu_metric(),
      {.base_median = 20'000, .ratio = 1.098, .finding = Finding::regressed});
  return run;
}

TEST(MarkdownSummary, OfTwoSidesSaysWhatTheyCameToBeforeTheirTables) {
  expect_same_as_file(export_markdown(run_of_two_sides()).text,
                      SOURCE_DIR "/tests/golden/summary_ab.md");
}

TEST(MarkdownSummary, OfTwoSidesHasAMebibyteAtMostAndTablesToo) {
  ExportedRun run = run_of(300);
  run.comparison = motley_comparison(20'000);
  run.comparison->missing.assign(1'000, std::string(5'000, '&'));
  run.comparison->failed = run.comparison->missing;
  run.comparison->fresh = run.comparison->missing;
  run.comparison->notes = run.comparison->missing;
  const std::string text = export_markdown(run).text;
  EXPECT_LE(text.size(), kMebibyte);
  EXPECT_GT(text.size(), kMebibyte / 2);
  EXPECT_THAT(text,
              AllOf(HasSubstr("\n## ❌ "), HasSubstr("comparison.json has them"),
                    HasSubstr("### long: 1 connection,")));
  expect_whole_tables(text);
}

TEST(MarkdownSummary, HasTablesDoubtsAndEnvironment) {
  const std::string text = export_markdown(exported_run(odd_trials())).text;
  EXPECT_THAT(text, AllOf(HasSubstr("### long: 128 connections"),
                          HasSubstr("**Doubts**"), HasSubstr("`dead, long"),
                          HasSubstr("<details>"), HasSubstr("- kernel: `6.1`"),
                          HasSubstr("`sockmark run 'x'`")));
  expect_whole_tables(text);
}

TEST(MarkdownSummary, SaysThatThereAreNoDoubts) {
  const auto run = exported_run({synthetic_trial("poll", {})});
  EXPECT_THAT(export_markdown(run).text, HasSubstr("\nNo doubts.\n"));
}

TEST(MarkdownSummary, SaysThatTheRunWasInterrupted) {
  auto run = exported_run({synthetic_trial("poll", {})});
  run.machine.was_interrupted = true;
  EXPECT_THAT(export_markdown(run).text,
              AllOf(HasSubstr("was interrupted"), Not(HasSubstr("No doubts"))));
}

TEST(MarkdownSummary, IsCutAtWholeTables) {
  const ExportedRun run = run_of(12);
  const std::string whole = markdown_summary(run, kMebibyte);
  EXPECT_THAT(whole, Not(HasSubstr("Left out")));
  std::size_t shortest = whole.size();
  for (const std::size_t most : {whole.size() - 1, whole.size() / 2}) {
    const std::string cut = markdown_summary(run, most);
    EXPECT_LE(cut.size(), most);
    EXPECT_LT(cut.size(), shortest);
    shortest = cut.size();
    expect_whole_tables(cut);
    EXPECT_THAT(cut, AllOf(HasSubstr("### long: 1 connection,"),
                           HasSubstr("**Left out for want of room: "),
                           HasSubstr(" of 12**\n- `long: "),
                           testing::EndsWith("</details>\n")));
  }
}

TEST(MarkdownSummary, LeavesOutAboutAsMuchAsItHasTo) {
  const ExportedRun run = run_of(40);
  const std::string whole = markdown_summary(run, kMebibyte);
  EXPECT_EQ(markdown_summary(run, whole.size()), whole);
  const std::string half = markdown_summary(run, whole.size() / 2);
  EXPECT_GT(half.size(), whole.size() / 5);
  std::string two_tools = markdown_summary(with_another_tool(run), 8'000);
  EXPECT_LE(two_tools.size(), 8'000);
  EXPECT_THAT(two_tools, HasSubstr("### long: 1 connection,"));
}

TEST(MarkdownSummary, HasAMebibyteAtMost) {
  std::vector<TrialRecord> trials;
  for (int i = 1; i <= 300; ++i) {
    trials.push_back(synthetic_trial(std::string(5'000, 'x'), {}));
    trials.back().workload.connections = i;
  }
  const std::string text = export_markdown(exported_run(trials)).text;
  EXPECT_LE(text.size(), kMebibyte);
  EXPECT_GT(text.size(), kMebibyte / 2);
  EXPECT_THAT(text, HasSubstr("**Left out for want of room: "));
}

TEST(MarkdownSummary, FitsWithoutASingleTable) {
  std::vector<TrialRecord> trials;
  for (int i = 0; i < 1'000; ++i) {
    trials.push_back(failed_trial(fmt::format("server_{}", i),
                                  TrialStatus::crashed,
                                  std::string(2'000, 'x')));
  }
  const std::string text = export_markdown(exported_run(trials)).text;
  EXPECT_LE(text.size(), kMebibyte);
  EXPECT_THAT(text, AllOf(HasSubstr("Left out for want of room: 1 table of 1"),
                          HasSubstr("Without figures, too: 980 more")));
}

}  // namespace
}  // namespace sockmark
