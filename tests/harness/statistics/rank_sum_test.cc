#include "harness/statistics/rank_sum.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <stdexcept>
#include <vector>

namespace sockmark {
namespace {

// Hollander and Wolfe's permeability of membranes (table 4.1).
constexpr std::array kAtTerm = {0.80, 0.83, 1.89, 1.04, 1.45,
                                1.38, 1.91, 1.64, 0.73, 1.46};
constexpr std::array kEarlier = {1.15, 0.88, 0.90, 0.74, 1.21};

TEST(RankSum, OfFiveAndFiveApartIsTheLeastThereIs) {
  const std::array low = {1.0, 2.0, 3.0, 4.0, 5.0};
  const std::array high = {6.0, 7.0, 8.0, 9.0, 10.0};
  EXPECT_NEAR(rank_sum_p(low, high), 0.0079365, 5e-8);
  EXPECT_NEAR(rank_sum_p(high, low), 0.0079365, 5e-8);
}

TEST(RankSum, AgreesWithTheTextbook) {
  EXPECT_NEAR(rank_sum_p(kAtTerm, kEarlier), 2 * 0.1272, 1e-4);
  const auto interval = rank_sum_interval(kAtTerm, kEarlier, 0.95);
  ASSERT_TRUE(interval.has_value());
  EXPECT_NEAR(interval->estimate, -0.305, 1e-9);
  EXPECT_NEAR(interval->low, -0.76, 1e-9);
  EXPECT_NEAR(interval->high, 0.15, 1e-9);
  EXPECT_GE(interval->coverage, 0.95);
  EXPECT_LT(interval->coverage, 0.97);
}

TEST(RankSum, OfTheSameSamplesIsOne) {
  const std::array same = {3.0, 3.0, 3.0};
  EXPECT_DOUBLE_EQ(rank_sum_p(same, same), 1);
}

TEST(RankSum, SharesTheRanksOfTies) {
  // Ranks 1, 2.5, 2.5, 4: pairs sum to 3.5, 3.5, 5, 5, 6.5, 6.5.
  EXPECT_NEAR(rank_sum_p(std::array{1.0, 2.0}, std::array{2.0, 3.0}), 2.0 / 3,
              1e-12);
}

// Ranks 1.5, 1.5, 3, which are not symmetric about their mean.
TEST(RankSum, CountsOutTiesOfSamplesThatDifferInSize) {
  const std::array two = {1.0, 1.0};
  EXPECT_NEAR(rank_sum_p_below(std::array{2.0}, two), 1.0 / 3, 1e-12);
  EXPECT_NEAR(rank_sum_p_above(std::array{2.0}, two), 1, 1e-12);
  EXPECT_NEAR(rank_sum_p(std::array{2.0}, two), 2.0 / 3, 1e-12);
}

TEST(RankSum, KnowsWhichWayTheyDiffer) {
  EXPECT_NEAR(rank_sum_p_below(kAtTerm, kEarlier), 0.1272, 1e-4);
  EXPECT_GT(rank_sum_p_above(kAtTerm, kEarlier), 0.8);
  EXPECT_DOUBLE_EQ(rank_sum_p_above({}, kEarlier), 1);
}

TEST(RankSum, OfAnEmptySampleSaysNothing) {
  EXPECT_DOUBLE_EQ(rank_sum_p({}, kEarlier), 1);
  EXPECT_FALSE(rank_sum_interval(kAtTerm, {}, 0.95).has_value());
}

TEST(RankSum, RefusesWhatIsNoNumberAndTooMany) {
  const std::array broken = {1.0, std::numeric_limits<double>::infinity()};
  EXPECT_THROW(rank_sum_p(broken, kEarlier), std::invalid_argument);
  const std::vector<double> many(kMostInASample + 1, 1.0);
  EXPECT_THROW(rank_sum_interval(kEarlier, many, 0.95), std::invalid_argument);
}

}  // namespace
}  // namespace sockmark
