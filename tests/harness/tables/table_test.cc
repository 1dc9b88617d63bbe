#include "harness/tables/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/text/text.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"
#include "tests/harness/widest_line.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::Not;

std::filesystem::path golden(const std::string& name) {
  return std::filesystem::path(SOURCE_DIR "/tests/golden") / name;
}

std::vector<WorkloadCells> sample() { return group_cells(sample_run()); }

class TerminalTable : public testing::TestWithParam<std::size_t> {};

TEST_P(TerminalTable, fits_its_terminal_and_reads_as_agreed) {
  const std::string text = terminal_table(sample(), {.width = GetParam()});
  EXPECT_LE(widest_line(text), GetParam());
  expect_same_as_file(text,
                      golden("table_" + std::to_string(GetParam()) + ".txt"));
}

INSTANTIATE_TEST_SUITE_P(Widths, TerminalTable, testing::Values(60, 80, 120));

TEST(Table, keeps_to_a_narrow_terminal_whatever_the_names) {
  const std::string name(70, 'x');
  const auto groups =
      group_cells({synthetic_trial(name, {}),
                   failed_trial(name + "y", TrialStatus::hung, name)});
  for (const std::size_t width : {40u, 60u, 80u}) {
    EXPECT_LE(widest_line(terminal_table(groups, {.width = width})), width);
  }
}

TEST(Table, in_markdown_has_all_columns) {
  expect_same_as_file(markdown_table(sample()), golden("table.md"));
}

TEST(Table, in_csv_has_a_row_per_trial) {
  std::vector<TrialRecord> trials = sample_run();
  trials.resize(12);
  trials[0].error = "said \"no\", twice";
  expect_same_as_file(csv_table(trials), golden("table.csv"));
}

TEST(Table, names_the_tool_only_where_there_are_several) {
  TrialRecord other = synthetic_trial("poll", {});
  other.workload.tool = "wrk";
  const auto one = group_cells({synthetic_trial("poll", {})});
  const auto two = group_cells({synthetic_trial("poll", {}), other});
  EXPECT_THAT(terminal_table(one), Not(HasSubstr("loadgen")));
  EXPECT_THAT(terminal_table(two), HasSubstr("loadgen"));
  EXPECT_THAT(terminal_table(two), HasSubstr("wrk"));
}

TEST(Table, leaves_out_columns_of_which_nothing_is_known) {
  TrialRecord trial = synthetic_trial("poll", {});
  trial.load = parse_load(R"({"requests_per_second":10})");
  trial.resources = {};
  const std::string text = terminal_table(group_cells({trial}));
  EXPECT_THAT(text, HasSubstr("throughput"));
  EXPECT_THAT(text, Not(HasSubstr("p99")));
  EXPECT_THAT(text, Not(HasSubstr("errors")));
}

TEST(Table, warns_of_closed_loops_only) {
  TrialRecord trial = synthetic_trial("poll", {});
  EXPECT_THAT(terminal_table(group_cells({trial})), HasSubstr("Closed loop:"));
  trial.workload.rate_per_second = 100;
  EXPECT_THAT(terminal_table(group_cells({trial})),
              Not(HasSubstr("Closed loop:")));
}

TEST(Table, has_colour_only_when_asked) {
  EXPECT_THAT(terminal_table(sample()), Not(HasSubstr("\033")));
  EXPECT_THAT(terminal_table(sample(), {.width = 80, .colour = true}),
              HasSubstr("\033[31mfork"));
}

TEST(Table, of_failures_alone_says_why) {
  const auto groups =
      group_cells({failed_trial("a", TrialStatus::not_ready, "no line")});
  const std::string text = terminal_table(groups);
  EXPECT_THAT(text, HasSubstr("a       not ready: no line (1 of 1 trial)"));
  EXPECT_THAT(text, HasSubstr("No trial gave figures."));
  EXPECT_THAT(markdown_table(groups),
              HasSubstr("| a: not ready: no line (1 of 1 trial) |"));
}

TEST(Table, in_markdown_takes_names_literally) {
  const auto groups = group_cells({synthetic_trial("_a|b*<c>_d_e", {})});
  EXPECT_THAT(markdown_table(groups), HasSubstr(R"(| \_a\|b\*\<c>\_d_e |)"));
}

TEST(Figures, have_three_digits_or_all_before_the_point) {
  EXPECT_EQ(format_figure(0), "0");
  EXPECT_EQ(format_figure(0.0852), "0.0852");
  EXPECT_EQ(format_figure(0.62), "0.620");
  EXPECT_EQ(format_figure(1.204), "1.20");
  EXPECT_EQ(format_figure(9.996), "10.0");
  EXPECT_EQ(format_figure(99.96), "100");
  EXPECT_EQ(format_figure(1234567.8), "1,234,568");
  EXPECT_EQ(format_figure(-1234), "-1,234");
}

TEST(Text, shows_digits_but_no_powers_of_ten) {
  EXPECT_EQ(format_digits(8.14, 2), "8.1");
  EXPECT_EQ(format_digits(-0.004215, 2), "-0.0042");
  EXPECT_EQ(format_digits(99.4, 2), "99");
  EXPECT_EQ(format_digits(99.6, 2), "100");
  EXPECT_EQ(format_digits(-146.2, 2), "-146");
  EXPECT_EQ(format_digits(2.02, 5), "2.02");
  EXPECT_EQ(format_digits(1048576, 5), "1,048,576");
}

TEST(Text, is_cut_and_wrapped_by_code_points) {
  EXPECT_EQ(shorten("µµµµ", 4), "µµµµ");
  EXPECT_EQ(shorten("µµµµ", 3), "µµ…");
  EXPECT_EQ(shorten_middle("µµµµ", 4), "µµµµ");
  EXPECT_EQ(shorten_middle("1µµµ5", 4), "1µ…5");
  EXPECT_EQ(shorten_middle("1µµµ5", 3), "1…5");
  EXPECT_EQ(shorten_middle("1µµµ5", 1), "…");
  EXPECT_THAT(wrap("±1 aa  bb cccccµµdd e", 5),
              testing::ElementsAre("±1 aa", "bb", "ccccc", "µµdd", "e"));
}

TEST(Text, is_put_on_one_line_that_everyone_can_read) {
  EXPECT_EQ(one_line("a\tb\nc\x7f"), "a b c ");
  EXPECT_EQ(one_line("µs … ✗ 𝄞"), "µs … ✗ 𝄞");
  EXPECT_EQ(one_line("\"\xff\""), "\"�\"");
  EXPECT_EQ(one_line("\xc3"), "�") << "cut off";
  EXPECT_EQ(one_line("\xe2\x82z"), "��z");
  EXPECT_EQ(one_line("\x80y"), "�y");
}

}  // namespace
}  // namespace sockmark
