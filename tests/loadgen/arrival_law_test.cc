#include "tests/loadgen/arrival_law.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/loadgen/draws.h"

namespace sockmark {
namespace {

using Gaps = std::vector<double>;

Gaps exponential_gaps(Random& random, std::size_t count, double mean) {
  Gaps gaps(count);
  for (double& gap : gaps) gap = mean * exponential(random);
  return gaps;
}

// The gap that a share of `below` of an exponential law with mean 1 is under.
double quantile(double below) { return -std::log1p(-below); }

// By hand: at the median, -1 - 2 ln(1/2); at both quartiles,
// -2 - (2 ln(1/4) + 6 ln(3/4)) / 2.
TEST(ArrivalLaw, HasTheStatisticOfTheDefinition) {
  EXPECT_NEAR(anderson_darling_exponential(Gaps{quantile(0.5)}, 1),
              -1 + 2 * std::log(2.0), 1e-12);
  EXPECT_NEAR(
      anderson_darling_exponential(Gaps{quantile(0.75), quantile(0.25)}, 1),
      -2 - std::log(0.25) - 3 * std::log(0.75), 1e-12);
}

TEST(ArrivalLaw, DoesNotDependOnTheUnit) {
  EXPECT_NEAR(anderson_darling_exponential(Gaps{1, 2, 3}, 2),
              anderson_darling_exponential(Gaps{1e6, 2e6, 3e6}, 2e6), 1e-12);
}

TEST(ArrivalLaw, IsZeroOfNoGaps) {
  EXPECT_EQ(anderson_darling_exponential({}, 1), 0);
}

TEST(ArrivalLaw, RejectsOneInAHundredExponentialSamples) {
  Random random(1);
  int rejected = 0;
  constexpr int kSamples = 4000;
  for (int i = 0; i < kSamples; ++i) {
    const Gaps gaps = exponential_gaps(random, 100, 250);
    rejected +=
        anderson_darling_exponential(gaps, 250) > kAndersonDarlingAtOnePercent;
  }
  EXPECT_NEAR(rejected, 0.01 * kSamples, 3 * std::sqrt(0.01 * kSamples));
}

TEST(ArrivalLaw, RejectsEvenGaps) {
  EXPECT_GT(anderson_darling_exponential(Gaps(100, 1.0), 1), 10);
}

TEST(ArrivalLaw, RejectsBursts) {
  Gaps gaps(100, 0.0);
  gaps.back() = 100;
  EXPECT_GT(anderson_darling_exponential(gaps, 1), 100);
}

TEST(ArrivalLaw, RejectsAnotherMean) {
  Random random(2);
  const Gaps gaps = exponential_gaps(random, 10'000, 1.05);
  EXPECT_GT(anderson_darling_exponential(gaps, 1),
            kAndersonDarlingAtOnePercent);
}

// 100k arrivals per second, as a clock of whole nanoseconds has them: some gaps
// are 0.
TEST(ArrivalLaw, AcceptsGapsInWholeNanoseconds) {
  Random random(3);
  Gaps gaps = exponential_gaps(random, 100'000, 1e4);
  for (double& gap : gaps) gap = std::floor(gap);
  ASSERT_EQ(*std::ranges::min_element(gaps), 0);
  EXPECT_LT(anderson_darling_exponential(gaps, 1e4),
            kAndersonDarlingAtOnePercent);
}

}  // namespace
}  // namespace sockmark
