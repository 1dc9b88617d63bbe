#include "harness/cells/sweeps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/charts/axis.h"
#include "harness/charts/chart.h"
#include "tests/harness/synthetic.h"
#include "tests/harness/synthetic_sweep.h"

namespace sockmark {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> names_of(const std::vector<Chart>& charts) {
  std::vector<std::string> names;
  for (const Chart& chart : charts) names.push_back(chart.name);
  return names;
}

const Chart& named(const std::vector<Chart>& charts, const std::string& name) {
  for (const Chart& chart : charts) {
    if (chart.name == name) return chart;
  }
  throw std::runtime_error("no chart " + name);
}

TEST(Sweeps, are_workloads_that_differ_in_one_thing_alone) {
  std::vector<std::string> found;
  for (const Sweep& sweep : sweeps_in(group_cells(sweep_run(2)))) {
    std::string text = std::string(to_string(sweep.factor)) + " of " +
                       sweep.points[0].workload.name + ":";
    for (const WorkloadCells& point : sweep.points) {
      text += " " + compact(value_of(sweep.factor, point.workload));
    }
    found.push_back(text);
  }
  EXPECT_THAT(found, ElementsAre("connections of long: 1 4 16 64 256 1.02k",
                                 "rate of rate: 1k 4k 16k 64k",
                                 "body of long: 13 1.02k 65.5k 1.05M",
                                 "idle of idle: 0 100 1k 10k"));
}

TEST(Sweeps, are_not_in_a_run_that_varied_nothing) {
  EXPECT_THAT(sweeps_in(group_cells(sample_run())), IsEmpty());
}

TEST(Sweeps, say_what_did_not_vary) {
  const auto sweeps = sweeps_in(group_cells(sweep_run(1)));
  EXPECT_EQ(describe(sweeps.at(0)), "long: kept alive, closed loop");
  EXPECT_EQ(describe(sweeps.at(1)),
            "rate: 64 connections, a new one per request, open loop");
  EXPECT_EQ(describe(sweeps.at(3)),
            "idle: 10 connections, kept alive, closed loop");
}

TEST(Representatives, are_the_workloads_that_most_sweeps_go_through) {
  const auto groups = group_cells(sweep_run(1));
  const auto few = representatives(groups, 6);
  ASSERT_EQ(few.size(), 3u);
  EXPECT_EQ(few[0].workload.idle_connections, 100u);
  EXPECT_EQ(few[1].workload.connections, 64);
  EXPECT_EQ(few[1].workload.body_bytes, 13u);
  EXPECT_EQ(few[2].workload.rate_per_second, 4000);
  EXPECT_EQ(representatives(groups, 100).size(), groups.size());
}

TEST(ChartsOfSweeps, are_drawn_where_the_run_has_data_for_them) {
  EXPECT_THAT(names_of(charts_of(group_cells(sweep_run(2)), "")),
              ElementsAre("throughput", "latency", "cpu",
                          "throughput_by_connections-long",
                          "latency_by_connections-long", "latency_by_rate-rate",
                          "achieved_by_rate-rate", "throughput_by_body-long",
                          "bytes_by_body-long", "memory_by_idle-idle",
                          "cpu_by_idle-idle", "order"));
  EXPECT_THAT(names_of(charts_of(group_cells(sample_run()), "")),
              ElementsAre("throughput", "latency", "cpu", "order"));
  std::vector<TrialRecord> trials = sweep_run(2);
  for (TrialRecord& trial : trials) trial.resources = {};
  EXPECT_THAT(names_of(charts_of(group_cells(trials), "")),
              Not(Contains("memory_by_idle-idle")));
}

TEST(ChartsOfSweeps, show_failed_and_invalid_cells_as_gaps_with_their_reason) {
  const auto charts = charts_of(group_cells(sweep_run(4)), "commit abc");
  const Chart& chart = named(charts, "throughput_by_connections-long");
  EXPECT_THAT(chart.medians, HasSubstr("\tfork\t256\tnan\tnan\tnan\t0\tgap\t"
                                       "crashed\n"));
  EXPECT_THAT(chart.medians, HasSubstr("\tthread\t1\tnan\tnan\tnan\t0\tgap\t"
                                       "invalid\n"));
  EXPECT_THAT(chart.medians, HasSubstr("\t6\tsuspect\t"));
  EXPECT_THAT(chart.settings, HasSubstr("killed by SIGSEGV"));
  EXPECT_THAT(chart.settings, HasSubstr("fork at 256, 1,024"));
  EXPECT_THAT(chart.settings, HasSubstr("96.9 % interval"));
  EXPECT_THAT(chart.settings, HasSubstr("closed loop"));
  EXPECT_THAT(chart.settings, HasSubstr("commit abc"));
}

TEST(ChartsOfSweeps, mark_rates_that_were_not_achieved) {
  const auto charts = charts_of(group_cells(sweep_run(9)), "");
  EXPECT_THAT(named(charts, "latency_by_rate-rate").medians,
              HasSubstr("\tmissed\t"));
  EXPECT_THAT(named(charts, "achieved_by_rate-rate").settings,
              HasSubstr("less than 99 % of the rate achieved"));
}

TEST(ChartsOfSweeps, have_file_names_that_a_workloads_name_cannot_leave) {
  std::vector<TrialRecord> trials = sweep_run(1);
  for (TrialRecord& trial : trials) trial.workload.name = "../a b";
  for (const std::string& name : names_of(charts_of(group_cells(trials), ""))) {
    EXPECT_THAT(name, Not(HasSubstr("/")));
    EXPECT_THAT(name, Not(HasSubstr(" ")));
  }
}

std::vector<std::string> texts_of(const Axis& axis) {
  std::vector<std::string> texts;
  for (const Tick& tick : axis.ticks) texts.push_back(tick.text);
  return texts;
}

TEST(Axis, has_round_ticks) {
  EXPECT_THAT(texts_of(linear_axis("", 93'000)), ElementsAre("0", "50k"));
  EXPECT_THAT(texts_of(log_axis("", 2, 90'000)),
              ElementsAre("10", "100", "1k", "10k", "100k"));
  EXPECT_THAT(texts_of(log_axis("", 1, 9)), ElementsAre("1", "2", "5", "10"));
}

TEST(Axis, has_a_place_for_0_left_of_a_logarithmic_scale) {
  const Axis axis = values_axis("", {0, 100, 1000});
  EXPECT_THAT(texts_of(axis), ElementsAre("0", "100", "1,000"));
  EXPECT_GT(place_on(axis, 0), axis.least);
  EXPECT_LT(place_on(axis, 0), 100);
  EXPECT_EQ(place_on(axis, 100), 100);
  EXPECT_DOUBLE_EQ(axis.ticks[0].at, place_on(axis, 0));
}

TEST(Axis, counts_bytes_by_powers_of_two) {
  EXPECT_THAT(texts_of(values_axis("", {13, 1500, 65536, 1048576}, true)),
              ElementsAre("13", "1,500", "64 Ki", "1 Mi"));
}

TEST(Axis, of_nothing_is_still_one) {
  EXPECT_GT(linear_axis("", 0).most, 0);
  EXPECT_GT(log_axis("", 0, 0).least, 0);
  EXPECT_GT(values_axis("", {0}).least, 0);
}

}  // namespace
}  // namespace sockmark
