#include "harness/statistics/signed_rank.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

namespace sockmark {
namespace {

// Hollander and Wolfe's depression scores (table 3.1), after minus before.
constexpr std::array kDepression = {-0.952, 0.147, -1.022, -0.43, -0.62,
                                    -0.59,  -0.49, 0.08,   -0.01};

TEST(SignedRank, OfTenThatAllLieBelowIsOneIn1024) {
  const std::vector<double> differences = {-1, -2, -3, -4, -5,
                                           -6, -7, -8, -9, -10};
  EXPECT_DOUBLE_EQ(signed_rank_p_below(differences, 0), 1.0 / 1024);
  EXPECT_DOUBLE_EQ(signed_rank_p_above(differences, 0), 1);
}

TEST(SignedRank, AgreesWithTheTextbook) {
  EXPECT_NEAR(signed_rank_p_below(kDepression, 0), 0.01953, 5e-6);
  const auto interval = signed_rank_interval(kDepression, 0.96);
  ASSERT_TRUE(interval.has_value());
  EXPECT_NEAR(interval->estimate, -0.46, 1e-9);
  EXPECT_NEAR(interval->low, -0.786, 1e-9);
  EXPECT_NEAR(interval->high, -0.010, 1e-9);
  EXPECT_NEAR(interval->coverage, 0.961, 5e-4);
  EXPECT_EQ(interval->n, 9);
}

TEST(SignedRank, SharesTheRanksOfTies) {
  // Ranks 1.5, 1.5, 3: sums of those below are 0, 1.5, 3, 4.5, 6.
  const std::array differences = {1.0, -1.0, 2.0};
  EXPECT_DOUBLE_EQ(signed_rank_p_above(differences, 0), 3.0 / 8);
  EXPECT_DOUBLE_EQ(signed_rank_p_below(differences, 0), 7.0 / 8);
}

TEST(SignedRank, LeavesOutWhatEqualsTheCentre) {
  const std::array differences = {5.0, 5.0, 4.0, 3.0};
  EXPECT_DOUBLE_EQ(signed_rank_p_below(differences, 5), 1.0 / 4);
  EXPECT_DOUBLE_EQ(signed_rank_p_below(std::array{5.0}, 5), 1);
}

TEST(SignedRank, SaysWhatItCoversWhereTooFewCanDoBetter) {
  const std::array differences = {1.0, 2.0, 3.0, 4.0, 5.0};
  const auto interval = signed_rank_interval(differences, 0.95);
  ASSERT_TRUE(interval.has_value());
  EXPECT_DOUBLE_EQ(interval->low, 1);
  EXPECT_DOUBLE_EQ(interval->high, 5);
  EXPECT_DOUBLE_EQ(interval->coverage, 1 - 2.0 / 32);
  EXPECT_DOUBLE_EQ(signed_rank_interval(std::array{7.0}, 0.95)->coverage, 0);
}

TEST(SignedRank, OfNothingIsNothing) {
  EXPECT_FALSE(signed_rank_interval({}, 0.95).has_value());
  EXPECT_DOUBLE_EQ(signed_rank_p_below({}, 0), 1);
}

TEST(SignedRank, RefusesWhatIsNoNumberAndTooMany) {
  const std::array broken = {1.0, std::numeric_limits<double>::quiet_NaN()};
  EXPECT_THROW(signed_rank_interval(broken, 0.95), std::invalid_argument);
  EXPECT_THROW(signed_rank_p_below(broken, 0), std::invalid_argument);
  const std::vector<double> many(kMostPairs + 1, 1.0);
  EXPECT_THROW(signed_rank_p_above(many, 0), std::invalid_argument);
}

// The interval holds those centres that the tests on both sides do not reject.
TEST(SignedRank, IntervalAndTestAreOneAndTheSame) {
  const auto interval = signed_rank_interval(kDepression, 0.95);
  const double beside = 1e-6;
  const double alpha = 0.025;
  EXPECT_GT(signed_rank_p_above(kDepression, interval->low + beside), alpha);
  EXPECT_LE(signed_rank_p_above(kDepression, interval->low - beside), alpha);
  EXPECT_GT(signed_rank_p_below(kDepression, interval->high - beside), alpha);
  EXPECT_LE(signed_rank_p_below(kDepression, interval->high + beside), alpha);
}

TEST(SignedRank, CoversTheCentreAsOftenAsItSays) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> noise(0.02, 0.03);
  int covered = 0;
  constexpr int kSets = 2000;
  for (int set = 0; set < kSets; ++set) {
    std::vector<double> differences;
    for (int i = 0; i < 10; ++i) differences.push_back(noise(random));
    const auto interval = signed_rank_interval(differences, 0.95);
    if (interval->low <= 0.02 && 0.02 <= interval->high) ++covered;
  }
  // 95.1 % is exact for ten; three standard errors are 1.5 %.
  EXPECT_NEAR(covered / double{kSets}, 0.951, 0.015);
}

}  // namespace
}  // namespace sockmark
