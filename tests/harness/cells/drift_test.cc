#include "harness/cells/drift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/charts/chart_order.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

// Thirty trials of two servers, `change` more in the last than in the first.
std::vector<TrialRecord> run_with(double change) {
  std::vector<TrialRecord> trials;
  for (int round = 0; round < 15; ++round) {
    for (const char* const server : {"a", "b"}) {
      // Back and forth, and by turns the other way: no trend of its own.
      const double wobble = 1 + 0.01 * ((round * 7) % 15 - 7) / 7.0;
      const double rate =
          (*server == 'a' ? 1000 : 50'000) * wobble * (1 + change * round / 14);
      TrialRecord trial =
          synthetic_trial(server, {.requests_per_second = rate});
      trial.round = round;
      trial.order = *server - 'a';
      trials.push_back(trial);
    }
  }
  return trials;
}

TEST(Drift, is_found_whatever_the_servers_speeds) {
  const auto trend = trend_of(drift_points(group_cells(run_with(-0.10))));
  ASSERT_TRUE(trend);
  EXPECT_TRUE(is_drift(*trend));
  EXPECT_LT(trend->z, 0);
  EXPECT_NEAR(trend->change, -0.067, 0.01);
}

TEST(Drift, is_not_found_where_there_is_none) {
  const auto trend = trend_of(drift_points(group_cells(run_with(0))));
  ASSERT_TRUE(trend);
  EXPECT_FALSE(is_drift(*trend));
}

TEST(Drift, of_equal_values_is_none) {
  std::vector<DriftPoint> points(30);
  const auto trend = trend_of(points);
  ASSERT_TRUE(trend);
  EXPECT_EQ(trend->z, 0);
  points.resize(9);
  EXPECT_FALSE(trend_of(points));
}

TEST(DriftPoints, are_in_the_order_of_the_run) {
  std::vector<TrialRecord> trials = run_with(0.5);
  std::reverse(trials.begin(), trials.end());
  const auto points = drift_points(group_cells(trials));
  ASSERT_EQ(points.size(), 30u);
  EXPECT_EQ(points.front().position, 1u);
  EXPECT_LT(points.front().relative, points.back().relative);
  const auto medians = smoothed(points);
  EXPECT_LT(medians.front(), medians.back());
}

TEST(DriftPoints, leave_out_what_has_no_throughput_of_its_own) {
  std::vector<TrialRecord> trials = run_with(0);
  for (TrialRecord& trial : trials) {
    if (trial.server.name == "a") trial.workload.rate_per_second = 100;
  }
  trials.back().verdict.status = Verdict::Status::invalid;
  EXPECT_EQ(drift_points(group_cells(trials)).size(), 14u);
}

TEST(OrderChart, says_whether_the_run_drifted) {
  EXPECT_THAT(order_chart(group_cells(run_with(-0.1)), "")->settings,
              HasSubstr("The run DRIFTED"));
  EXPECT_THAT(order_chart(group_cells(run_with(0)), "")->settings,
              HasSubstr("No drift seen"));
  EXPECT_FALSE(order_chart(group_cells({synthetic_trial("a", {})}), ""));
}

}  // namespace
}  // namespace sockmark
