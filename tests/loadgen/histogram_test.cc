#include "loadgen/histogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/loadgen/shapes.h"

namespace sockmark {
namespace {

constexpr double kBound = 0.001;  // of the value
// 99.9 and 99.99 are no binary fractions: their ranks must not slip by one.
TEST(Histogram, FindsTheRankOfEveryPercentileOfEverySize) {
  Histogram histogram;
  Values values;
  for (std::int64_t value = 1; value <= 2000; ++value) {
    histogram.record(value);
    values.push_back(value);
    for (const std::size_t hundredths :
         {5'000U, 7'500U, 9'000U, 9'900U, 9'990U, 9'999U, 10'000U}) {
      ASSERT_EQ(histogram.percentile(static_cast<double>(hundredths) / 100),
                exact_percentile(values, hundredths))
          << hundredths << " of " << value;
    }
  }
}

TEST(Histogram, IsExactBelow2048) {
  for (std::int64_t value = 0; value < 2048; ++value) {
    Histogram histogram;
    histogram.record(value);
    histogram.record(1'000'000);
    ASSERT_EQ(histogram.percentile(50), value);
  }
}

TEST(Histogram, BoundsTheErrorAtEveryMagnitude) {
  for (std::int64_t power = 1; power <= Histogram::kHighest; power *= 2) {
    for (const std::int64_t value :
         {power - 1, power, power + 1, power + power / 2}) {
      if (value > Histogram::kHighest) continue;
      Histogram histogram;
      histogram.record(value);
      histogram.record(Histogram::kHighest);
      const std::int64_t read = histogram.percentile(50);
      ASSERT_GE(read, value);
      ASSERT_LE(static_cast<double>(read),
                static_cast<double>(value) * (1 + kBound));
    }
  }
}

TEST(Histogram, CountsWhatIsBeyondAnHourAsAnHour) {
  Histogram histogram;
  histogram.record(Histogram::kHighest);
  histogram.record(Histogram::kHighest + 1);
  histogram.record(std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(histogram.count(), 3);
  EXPECT_EQ(histogram.min(), Histogram::kHighest);
  EXPECT_EQ(histogram.max(), Histogram::kHighest);
  EXPECT_EQ(histogram.percentile(50), Histogram::kHighest);
  EXPECT_EQ(histogram.mean(), static_cast<double>(Histogram::kHighest));
}

TEST(Histogram, CountsWhatIsNegativeAsZero) {
  Histogram histogram;
  histogram.record(-1);
  histogram.record(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(histogram.count(), 2);
  EXPECT_EQ(histogram.min(), 0);
  EXPECT_EQ(histogram.max(), 0);
  EXPECT_EQ(histogram.counts()[0], 2);
}

// 1 ms plus or minus 1 us, as of a very steady server.
TEST(Histogram, HasTheDeviationOfANarrowPeak) {
  Histogram histogram;
  for (int i = 0; i < 1000; ++i) {
    histogram.record(999'000);
    histogram.record(1'001'000);
  }
  EXPECT_NEAR(histogram.standard_deviation(), 1000, 1'000'000 * kBound / 4);
}

TEST(Histogram, IsAllZeroWhenEmpty) {
  Histogram histogram;
  histogram.merge(Histogram());
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(histogram.count(), 0);
    EXPECT_EQ(histogram.min(), 0);
    EXPECT_EQ(histogram.max(), 0);
    EXPECT_EQ(histogram.mean(), 0);
    EXPECT_EQ(histogram.standard_deviation(), 0);
    EXPECT_EQ(histogram.percentile(99), 0);
    histogram.record(5);
    histogram.clear();
  }
}

TEST(Histogram, KeepsItsMinimumWhenAnEmptyOneIsMerged) {
  Histogram histogram;
  histogram.record(7);
  histogram.merge(Histogram());
  EXPECT_EQ(histogram.min(), 7);
  EXPECT_EQ(histogram.max(), 7);
}

}  // namespace
}  // namespace sockmark
