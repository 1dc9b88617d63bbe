#include "harness/statistics/noise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace sockmark {
namespace {

TEST(RobustSpread, IsTheDeviationOfANormalDistribution) {
  // Deviations from 100: 2, 1, 0, 1, 2; their median is 1.
  const std::vector<double> values = {98, 99, 100, 101, 102};
  EXPECT_NEAR(*robust_spread(values), 0.014826, 1e-9);
}

TEST(RobustSpread, IsNotMovedByAnOutlier) {
  const std::vector<double> values = {98, 99, 100, 101, 100'000};
  EXPECT_NEAR(*robust_spread(values), 0.014826, 1e-9);
}

TEST(RobustSpread, NeedsTwoValues) {
  EXPECT_FALSE(robust_spread({}));
  EXPECT_FALSE(robust_spread(std::vector<double>{1}));
  EXPECT_FALSE(robust_spread(std::vector<double>{0, 0}));
}

TEST(NoiseOf, LeavesOutWhatAPairHasInCommon) {
  // The machine gets slower and slower, and both values of a pair alike.
  const std::vector<double> a = {100, 80, 60, 40, 20};
  const auto noise = noise_of(a, a);
  ASSERT_TRUE(noise);
  EXPECT_GT(noise->spread, 0.3);
  EXPECT_EQ(noise->paired_spread, 0);
  EXPECT_EQ(noise->smallest_difference, 0);
  EXPECT_EQ(noise->ratio.median, 1);
}

TEST(NoiseOf, DoesNotCountAConstantRatioAsNoise) {
  const std::vector<double> a = {102, 204, 306};
  const std::vector<double> b = {100, 200, 300};
  EXPECT_NEAR(noise_of(a, b)->paired_spread, 0, 1e-12);
  EXPECT_NEAR(noise_of(a, b)->ratio.median, 1.02, 1e-12);
}

TEST(NoiseOf, FollowsTheRuleOfThumb) {
  std::vector<double> a;
  const std::vector<double> b(5, 100);
  for (const double difference : {-0.04, -0.02, 0.0, 0.02, 0.04}) {
    a.push_back(100 * std::exp(difference));
  }
  const double spread = 1.4826 * 0.02 / std::sqrt(2.0);
  EXPECT_NEAR(noise_of(a, b)->paired_spread, spread, 1e-9);
  EXPECT_NEAR(noise_of(a, b)->smallest_difference, 7 * spread / std::sqrt(10.0),
              1e-9);
}

TEST(NoiseOf, NeedsTwoPairsOfPositiveValues) {
  EXPECT_FALSE(noise_of(std::vector<double>{1}, std::vector<double>{1}));
  EXPECT_FALSE(noise_of(std::vector<double>{1, 0}, std::vector<double>{1, 1}));
  EXPECT_FALSE(noise_of(std::vector<double>{1, 2}, std::vector<double>{1}));
}

}  // namespace
}  // namespace sockmark
