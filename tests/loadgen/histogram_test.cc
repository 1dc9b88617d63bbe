#include "loadgen/histogram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "tests/loadgen/draws.h"

namespace sockmark {
namespace {

using Values = std::vector<std::int64_t>;

constexpr double kBound = 0.001;  // of the value

double lognormal(Random& random) { return std::exp(11 + normal(random)); }

double pareto(Random& random) { return 20e3 / std::pow(uniform(random), 0.9); }

double two_peaked(Random& random) {
  return std::abs(random() % 20 == 0 ? 2e8 + 5e6 * normal(random)
                                     : 5e4 + 5e3 * normal(random));
}

double uniform_small(Random& random) { return 2047 * uniform(random); }

struct Shape {
  std::string name;
  double (*draw)(Random&);
};

Values draw(const Shape& shape, std::size_t count = 100'000) {
  Random random(20261122);
  Values values(count);
  for (auto& value : values) {
    value = static_cast<std::int64_t>(shape.draw(random));
  }
  return values;
}

Histogram histogram_of(const Values& values) {
  Histogram histogram;
  for (const auto value : values) histogram.record(value);
  return histogram;
}

// Nearest rank: of n values in order, the one at ceil(n * percent / 100),
// counted from 1. `percent` comes in hundredths, so that the rank is exact.
std::int64_t exact_percentile(const Values& sorted, std::size_t hundredths) {
  const std::size_t rank = (sorted.size() * hundredths + 9'999) / 10'000;
  return sorted.at(std::max<std::size_t>(rank, 1) - 1);
}

class OfAShape : public testing::TestWithParam<Shape> {};

TEST_P(OfAShape, HasPercentilesWithinATenthOfAPercent) {
  Values values = draw(GetParam());
  const Histogram histogram = histogram_of(values);
  std::ranges::sort(values);
  for (const std::size_t hundredths :
       {1U, 5'000U, 7'500U, 9'000U, 9'900U, 9'990U, 9'999U, 10'000U}) {
    const std::int64_t exact = exact_percentile(values, hundredths);
    const std::int64_t read =
        histogram.percentile(static_cast<double>(hundredths) / 100);
    EXPECT_GE(read, exact) << hundredths;
    EXPECT_LE(static_cast<double>(read),
              static_cast<double>(exact) * (1 + kBound))
        << hundredths;
  }
}

TEST_P(OfAShape, HasAnExactMeanMinimumAndMaximum) {
  const Values values = draw(GetParam());
  const Histogram histogram = histogram_of(values);
  const auto sum = std::accumulate(values.begin(), values.end(), 0LL);
  EXPECT_DOUBLE_EQ(histogram.mean(), static_cast<double>(sum) /
                                         static_cast<double>(values.size()));
  EXPECT_EQ(histogram.min(), *std::ranges::min_element(values));
  EXPECT_EQ(histogram.max(), *std::ranges::max_element(values));
  EXPECT_EQ(histogram.percentile(100), histogram.max());
}

TEST_P(OfAShape, HasAStandardDeviationWithinATenthOfAPercent) {
  const Values values = draw(GetParam());
  const Histogram histogram = histogram_of(values);
  double sum_of_squares = 0;
  for (const auto value : values) {
    const double off = static_cast<double>(value) - histogram.mean();
    sum_of_squares += off * off;
  }
  const double exact =
      std::sqrt(sum_of_squares / static_cast<double>(values.size()));
  EXPECT_NEAR(histogram.standard_deviation(), exact, exact * kBound);
}

TEST_P(OfAShape, IsTheSameMergedAsRecordedInOne) {
  const Values values = draw(GetParam());
  Histogram parts[3];
  for (std::size_t i = 0; i < values.size(); ++i) {
    parts[i * i % 3].record(values[i]);
  }
  Histogram merged;
  for (const Histogram& part : parts) merged.merge(part);
  const Histogram whole = histogram_of(values);
  EXPECT_TRUE(std::ranges::equal(merged.counts(), whole.counts()));
  EXPECT_EQ(merged.count(), whole.count());
  EXPECT_EQ(merged.min(), whole.min());
  EXPECT_EQ(merged.max(), whole.max());
  EXPECT_EQ(merged.mean(), whole.mean());
}

std::string name_of(const testing::TestParamInfo<Shape>& shape) {
  return shape.param.name;
}

INSTANTIATE_TEST_SUITE_P(Histogram, OfAShape,
                         testing::Values(Shape{"Lognormal", lognormal},
                                         Shape{"Pareto", pareto},
                                         Shape{"TwoPeaked", two_peaked},
                                         Shape{"UniformSmall", uniform_small}),
                         name_of);

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
