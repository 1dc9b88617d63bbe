#include "harness/statistics/stats.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace sockmark {
namespace {

std::vector<double> one_to(int n) {
  std::vector<double> values(static_cast<std::size_t>(n));
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

TEST(Median, is_the_middle_value_whatever_the_order) {
  EXPECT_EQ(median(std::vector<double>{9, 1, 5}), 5);
}

TEST(Median, of_an_even_number_is_the_mean_of_the_middle_two) {
  EXPECT_EQ(median(std::vector<double>{8, 2, 4, 100}), 6);
}

TEST(Median, of_nothing_is_nothing) {
  EXPECT_EQ(median({}), std::nullopt);
  EXPECT_EQ(median_interval({}), std::nullopt);
}

struct Known {
  int n;
  double low, high, coverage;
};

// Ranks and coverages as in Conover's table A3 (binomial, p = 1/2) and as
// `1 - 2 * pbinom(k - 1, n, 0.5)` gives them in R.
class KnownIntervals : public testing::TestWithParam<Known> {};

TEST_P(KnownIntervals, are_met) {
  const auto [n, low, high, coverage] = GetParam();
  const auto interval = median_interval(one_to(n));
  ASSERT_TRUE(interval);
  EXPECT_EQ(interval->low, low);
  EXPECT_EQ(interval->high, high);
  EXPECT_NEAR(interval->coverage, coverage, 1e-9);
  EXPECT_EQ(interval->n, static_cast<std::size_t>(n));
}

INSTANTIATE_TEST_SUITE_P(
    Stats, KnownIntervals,
    testing::Values(Known{2, 1, 2, 0.5}, Known{3, 1, 3, 0.75},
                    Known{4, 1, 4, 0.875}, Known{5, 1, 5, 0.9375},
                    Known{6, 1, 6, 0.96875}, Known{7, 1, 7, 0.984375},
                    Known{8, 1, 8, 0.9921875}, Known{9, 2, 8, 0.9609375},
                    Known{10, 2, 9, 0.978515625},
                    Known{20, 6, 15, 0.9586105346679688},
                    Known{100, 40, 61, 0.9647997997822952}));

TEST(MedianInterval, of_one_value_is_none) {
  const auto interval = median_interval(std::vector<double>{42});
  ASSERT_TRUE(interval);
  EXPECT_EQ(interval->median, 42);
  EXPECT_FALSE(interval->has_interval());
  EXPECT_EQ(interval->relative_error(), std::nullopt);
}

TEST(MedianInterval, accepts_a_coverage_of_exactly_the_confidence) {
  EXPECT_EQ(median_interval(one_to(9), 0.9609375)->low, 2);
  EXPECT_EQ(median_interval(one_to(9), 0.961)->low, 1);
}

TEST(MedianInterval, is_sane_for_thousands_of_values) {
  const auto interval = median_interval(one_to(10'000));
  ASSERT_TRUE(interval);
  EXPECT_GE(interval->coverage, 0.95);
  EXPECT_LT(interval->coverage, 0.952);
  EXPECT_EQ(interval->low, 4902);
  EXPECT_EQ(interval->high, 5099);
}

TEST(MedianInterval, refuses_what_it_cannot_order_or_count) {
  EXPECT_THROW(median_interval(one_to(10'001)), std::invalid_argument);
  const std::vector<double> bad = {1, std::nan("")};
  EXPECT_THROW(median_interval(bad), std::invalid_argument);
}

TEST(MedianInterval, states_its_farther_end_as_a_share) {
  const std::vector<double> values = {90, 100, 105};
  EXPECT_DOUBLE_EQ(*median_interval(values)->relative_error(), 0.1);
}

TEST(PairedRatio, cancels_what_disturbs_a_whole_round) {
  const std::vector<double> a = {120, 60, 12, 240, 6, 36};
  const std::vector<double> b = {100, 50, 10, 200, 5, 30};
  const auto ratio = paired_ratio(a, b);
  ASSERT_TRUE(ratio);
  EXPECT_DOUBLE_EQ(ratio->median, 1.2);
  EXPECT_DOUBLE_EQ(ratio->low, 1.2);
  EXPECT_DOUBLE_EQ(ratio->high, 1.2);
  EXPECT_EQ(ratio->coverage, 0.96875);
}

TEST(PairedRatio, needs_pairs_and_positive_divisors) {
  const std::vector<double> one = {1}, two = {1, 2}, zero = {0};
  EXPECT_THROW(paired_ratio(one, two), std::invalid_argument);
  EXPECT_THROW(paired_ratio(one, zero), std::invalid_argument);
  EXPECT_EQ(paired_ratio({}, {}), std::nullopt);
}

}  // namespace
}  // namespace sockmark
