#include "harness/statistics/mann_kendall.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace sockmark {
namespace {

TEST(MannKendall, CountsPairsThatRise) {
  // Gilbert, Statistical Methods for Environmental Pollution Monitoring,
  // section 16.4.2: the variance of n values is n (n - 1) (2 n + 5) / 18.
  const MannKendall trend =
      mann_kendall(std::vector<double>{1, 2, 3, 5, 4, 6, 7, 8, 9, 10});
  EXPECT_EQ(trend.score, 45 - 2);
  EXPECT_DOUBLE_EQ(trend.variance, 125);
  EXPECT_DOUBLE_EQ(trend.z(), 42 / std::sqrt(125.0));
}

TEST(MannKendall, CorrectsForTies) {
  const MannKendall trend = mann_kendall(std::vector<double>{3, 1, 1, 1});
  EXPECT_EQ(trend.score, -3);
  EXPECT_DOUBLE_EQ(trend.variance, (4 * 3 * 13 - 3 * 2 * 11) / 18.0);
  EXPECT_EQ(mann_kendall(std::vector<double>{2, 2, 2}).z(), 0);
  EXPECT_EQ(mann_kendall({}).z(), 0);
}

TEST(MannKendall, AddsUpOverSequences) {
  MannKendall sum = mann_kendall(std::vector<double>{1, 2, 3});
  sum += mann_kendall(std::vector<double>{30, 20});
  EXPECT_EQ(sum.score, 3 - 1);
  EXPECT_DOUBLE_EQ(sum.variance, (3 * 2 * 11 + 2 * 1 * 9) / 18.0);
}

}  // namespace
}  // namespace sockmark
