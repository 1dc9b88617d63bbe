#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <limits>

#include "loadgen/histogram.h"
#include "tests/loadgen/draws.h"

namespace sockmark {
namespace {

constexpr std::int64_t kHighest = Histogram::kHighest;

Histogram histogram_of(std::initializer_list<std::int64_t> values) {
  Histogram histogram;
  for (const auto value : values) histogram.record(value);
  return histogram;
}

TEST(Histogram, SupportsAPercentileWithTwentyValuesBeyond) {
  struct {
    double percent;
    int least;
  } const cases[] = {{50, 40},           {75, 80},       {90, 200},
                     {99, 2000},         {99.9, 20'000}, {99.99, 200'000},
                     {99.999, 2'000'000}};
  Histogram histogram;
  EXPECT_FALSE(histogram.supports(50));
  int recorded = 0;
  for (const auto& [percent, least] : cases) {
    for (; recorded < least - 1; ++recorded) histogram.record(1);
    EXPECT_FALSE(histogram.supports(percent)) << percent;
    histogram.record(1);
    ++recorded;
    EXPECT_TRUE(histogram.supports(percent)) << percent;
  }
  EXPECT_FALSE(histogram.supports(100));
}

TEST(Histogram, CountsWhatIsAboveAValue) {
  const Histogram histogram = histogram_of({0, 5, 5, 6, 1'000'000, kHighest});
  EXPECT_EQ(histogram.count_above(-1), 6U);
  EXPECT_EQ(histogram.count_above(0), 5U);
  EXPECT_EQ(histogram.count_above(5), 3U);
  EXPECT_EQ(histogram.count_above(6), 2U);
  EXPECT_EQ(histogram.count_above(998'000), 2U);
  EXPECT_EQ(histogram.count_above(1'000'000), 1U);
  EXPECT_EQ(histogram.count_above(kHighest), 0U);
  EXPECT_EQ(histogram.count_above(std::numeric_limits<std::int64_t>::max()),
            0U);
}

TEST(Histogram, TellsWhichValuesEachCountIsOf) {
  EXPECT_EQ(Histogram::lowest_at(0), 0);
  EXPECT_EQ(Histogram::highest_at(2047), 2047);
  EXPECT_EQ(Histogram::lowest_at(2048), 2048);
  EXPECT_EQ(Histogram::highest_at(2048), 2049);
}

TEST(Histogram, HasWhatWasRecordedSince) {
  Histogram histogram = histogram_of({1, 100, 5'000'000});
  const Histogram earlier = histogram;
  for (const std::int64_t value : {100, 100, 2000, 3'000'000}) {
    histogram.record(value);
  }
  const Histogram interval = histogram.since(earlier);
  EXPECT_EQ(interval.count(), 4U);
  EXPECT_EQ(interval.mean(), (100 + 100 + 2000 + 3'000'000) / 4.0);
  EXPECT_EQ(interval.min(), 100);
  EXPECT_EQ(interval.percentile(50), 100);
  EXPECT_EQ(interval.percentile(75), 2000);
  EXPECT_GE(interval.max(), 3'000'000);
  EXPECT_LE(interval.max(), 3'003'000);
}

TEST(Histogram, HasNothingSinceItself) {
  const Histogram histogram = histogram_of({1, 100});
  const Histogram interval = histogram.since(histogram);
  EXPECT_EQ(interval.count(), 0U);
  EXPECT_EQ(interval.min(), 0);
  EXPECT_EQ(interval.max(), 0);
  EXPECT_EQ(interval.mean(), 0);
  EXPECT_EQ(interval.percentile(99), 0);
}

// The bounds of the interval's first and last count are known, and those of
// all that was ever recorded.
TEST(Histogram, HasNoValueSinceBeyondAllItEverHad) {
  Histogram histogram;
  histogram.record(1'000'001);
  const Histogram interval = histogram.since(Histogram());
  EXPECT_EQ(interval.min(), 1'000'001);
  EXPECT_EQ(interval.max(), 1'000'001);
}

TEST(Histogram, IsTheSumOfItsIntervals) {
  Histogram histogram;
  Histogram sum;
  Random random(5);
  for (int interval = 0; interval < 5; ++interval) {
    const Histogram earlier = histogram;
    for (int i = 0; i < 1000; ++i) {
      histogram.record(static_cast<std::int64_t>(1e6 * exponential(random)));
    }
    sum.merge(histogram.since(earlier));
  }
  EXPECT_TRUE(std::ranges::equal(sum.counts(), histogram.counts()));
  EXPECT_EQ(sum.count(), histogram.count());
  EXPECT_EQ(sum.mean(), histogram.mean());
}

}  // namespace
}  // namespace sockmark
