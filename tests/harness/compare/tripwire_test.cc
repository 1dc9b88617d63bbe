#include "harness/compare/tripwire.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "harness/statistics/stats.h"
#include "tests/harness/compare/normal.h"

namespace sockmark {
namespace {

// P(T <= t) of Student's t, by Simpson's rule over its density.
double student_t_cumulative(double t, double degrees) {
  constexpr int kSteps = 200'000;
  const double scale =
      std::exp(std::lgamma((degrees + 1) / 2) - std::lgamma(degrees / 2)) /
      std::sqrt(degrees * std::numbers::pi);
  const auto density = [&](double x) {
    return scale * std::pow(1 + x * x / degrees, -(degrees + 1) / 2);
  };
  const double step = t / kSteps;
  double sum = density(0) + density(t);
  for (int i = 1; i < kSteps; ++i) {
    sum += density(i * step) * (i % 2 == 1 ? 4 : 2);
  }
  return 0.5 + sum * step / 3;
}

TEST(StudentT, LeavesAHalfPercentAboveItsQuantile) {
  for (std::size_t degrees = 1; degrees <= 30; ++degrees) {
    EXPECT_NEAR(student_t_cumulative(student_t_995(degrees),
                                     static_cast<double>(degrees)),
                0.995, 1e-5)
        << degrees;
  }
  EXPECT_THROW(student_t_995(0), std::out_of_range);
  EXPECT_THROW(student_t_995(31), std::out_of_range);
}

TEST(DeviationPerMad, IsWithoutBiasForFewValues) {
  constexpr int kSamples = 20'000;
  Normal normal(7);
  for (std::size_t n = 2; n <= 20; ++n) {
    double sum = 0;
    for (int i = 0; i < kSamples; ++i) {
      std::vector<double> values;
      for (std::size_t k = 0; k < n; ++k) values.push_back(normal());
      const double centre = median(values).value();
      for (double& value : values) value = std::abs(value - centre);
      sum += deviation_per_mad(n) * median(values).value();
    }
    EXPECT_NEAR(sum / kSamples, 1, 0.02) << n;
  }
}

TEST(Tripwire, NeedsEightEntries) {
  EXPECT_FALSE(expect_from(std::vector<double>(7, 1.0)).has_value());
  EXPECT_TRUE(expect_from(std::vector<double>(8, 1.0)).has_value());
}

TEST(Tripwire, IsNeverNearerThanATenth) {
  const auto expected = expect_from(std::vector<double>(12, 2.5)).value();
  EXPECT_DOUBLE_EQ(expected.centre, 2.5);
  EXPECT_NEAR(std::exp(expected.limit - expected.centre), 0.9, 1e-12);
  EXPECT_EQ(expected.entries, 12);
}

TEST(Tripwire, IsFartherWhereTheHistoryVaries) {
  // Median 0; median of the deviations 0.25; of eight values.
  const std::vector<double> history = {-0.4, -0.3, -0.2, -0.1,
                                       0.1,  0.2,  0.3,  0.4};
  const double spread = 1.129 * 1.4826 * 0.25;
  const auto expected = expect_from(history).value();
  EXPECT_NEAR(expected.centre, 0, 1e-12);
  EXPECT_NEAR(expected.limit, -3.499 * spread * std::sqrt(1 + 1.57 / 8), 1e-9);
}

TEST(Tripwire, ForgetsAllButTheLastTwenty) {
  std::vector<double> history(30, 5.0);
  history.insert(history.end(), 20, 1.0);
  const auto expected = expect_from(history).value();
  EXPECT_DOUBLE_EQ(expected.centre, 1);
  EXPECT_EQ(expected.entries, 20);
}

TEST(Tripwire, IsNotMovedByASingleOddRun) {
  std::vector<double> history;
  for (int i = 0; i < 20; ++i) history.push_back(0.01 * (i % 3));
  const auto without = expect_from(history).value();
  history[4] = -3;
  const auto with = expect_from(history).value();
  EXPECT_NEAR(with.limit, without.limit, 0.03);
}

}  // namespace
}  // namespace sockmark
