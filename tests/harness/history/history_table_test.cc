#include "harness/history/history_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/text/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic_history.h"
#include "tests/harness/widest_line.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::Not;

HistoryReport report_of(const std::vector<SketchedRun>& runs) {
  const auto& metrics = trial_metrics();
  const auto cpu = std::find_if(
      metrics.begin(), metrics.end(),
      [](const Metric& one) { return one.name == "cpu_ns_per_request"; });
  std::vector<MeasuredRun> all;
  for (const SketchedRun& run : runs) all.push_back(measured(run));
  return {.history = history_of(std::move(all), *cpu, {})};
}

HistoryReport sample() { return report_of(sketched_runs(40, 25)); }

class HistoryTable : public testing::TestWithParam<std::size_t> {};

TEST_P(HistoryTable, FitsItsTerminalAndReadsAsAgreed) {
  const std::string text = history_table(sample(), {.width = GetParam()});
  EXPECT_LE(widest_line(text), GetParam());
  expect_same_as_file(text, SOURCE_DIR "/tests/golden/history_" +
                                std::to_string(GetParam()) + ".txt");
}

INSTANTIATE_TEST_SUITE_P(Widths, HistoryTable, testing::Values(60, 80, 120));

TEST(HistoryTableOf, KeepsToANarrowTerminal) {
  EXPECT_LE(widest_line(history_table(sample(), {.width = 40})), 40);
}

TEST(HistoryTableOf, SetsWorseOffInRedAndBetterInGreen) {
  auto runs = sketched_runs(40, 25);
  EXPECT_THAT(history_table(report_of(runs)), Not(HasSubstr("\033")));
  EXPECT_THAT(history_table(report_of(runs), {.width = 80, .colour = true}),
              HasSubstr("\033[31mepoll_lt"));
  for (SketchedRun& run : runs) {
    if (run.day >= 25) run.servers[0].second /= 1.21;
  }
  EXPECT_THAT(history_table(report_of(runs), {.width = 80, .colour = true}),
              HasSubstr("\033[32mepoll_lt"));
}

TEST(HistoryTableOf, FewRunsSaysThatTheyAreTooFew) {
  const std::string text = history_table(report_of(sketched_runs(12, 99)));
  EXPECT_THAT(text, HasSubstr("too few runs to look for change points: 12 of "
                              "30"));
  EXPECT_THAT(text, Not(HasSubstr("none")));
}

TEST(HistoryTableOf, SaysThatTheProgramIsTheSame) {
  auto runs = sketched_runs(40, 25);
  for (SketchedRun& run : runs) run.sha256 = std::string(64, 'c');
  const std::string text = history_table(report_of(runs));
  EXPECT_THAT(text, HasSubstr("its code did not"));
  EXPECT_THAT(history_table(sample()), Not(HasSubstr("its code did not")));
}

TEST(HistoryTableOf, SaysThatAnotherMachineCameIn) {
  auto runs = sketched_runs(40, 25);
  for (SketchedRun& run : runs) {
    if (run.day >= 25) run.kernel = "6.12.1";
  }
  HistoryReport report = report_of(runs);
  report.any_machine = true;
  const std::string text = history_table(report);
  EXPECT_THAT(text, HasSubstr("the machine changed too: kernel 6.12 instead of "
                              "6.1"));
  EXPECT_THAT(text, HasSubstr("ANY machine"));
}

TEST(HistoryTableOf, TellsADrift) {
  auto runs = sketched_runs(60, 99);
  for (SketchedRun& run : runs) run.servers[1].second *= 1 + 0.004 * run.day;
  const std::string text = history_table(report_of(runs), {.width = 200});
  EXPECT_THAT(text, HasSubstr("drifts"));
  EXPECT_THAT(text, HasSubstr("No single run did that"));
}

TEST(HistoryTableOf, MarksCommitsThatWereNotAll) {
  auto runs = sketched_runs(40, 25);
  runs[25].dirty = true;
  EXPECT_THAT(history_table(report_of(runs)), HasSubstr("000025ab+"));
}

}  // namespace
}  // namespace sockmark
