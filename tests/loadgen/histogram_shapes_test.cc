// Against an exact sort of the same values.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "loadgen/histogram.h"
#include "tests/loadgen/shapes.h"

namespace sockmark {
namespace {

constexpr double kBound = 0.001;  // of the value
constexpr std::size_t kCount = 100'000;

Histogram histogram_of(const Values& values) {
  Histogram histogram;
  for (const auto value : values) histogram.record(value);
  return histogram;
}

class OfAShape : public testing::TestWithParam<Shape> {};

TEST_P(OfAShape, HasPercentilesWithinATenthOfAPercent) {
  Values values = draw(GetParam(), 1'000'000);
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
  const Values values = draw(GetParam(), kCount);
  const Histogram histogram = histogram_of(values);
  const auto sum = std::accumulate(values.begin(), values.end(), 0LL);
  EXPECT_DOUBLE_EQ(histogram.mean(), static_cast<double>(sum) /
                                         static_cast<double>(values.size()));
  EXPECT_EQ(histogram.min(), *std::ranges::min_element(values));
  EXPECT_EQ(histogram.max(), *std::ranges::max_element(values));
  EXPECT_EQ(histogram.percentile(100), histogram.max());
}

TEST_P(OfAShape, HasAStandardDeviationWithinATenthOfAPercent) {
  const Values values = draw(GetParam(), kCount);
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
  const Values values = draw(GetParam(), kCount);
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

}  // namespace
}  // namespace sockmark
