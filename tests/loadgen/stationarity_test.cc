#include "loadgen/stationarity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/loadgen/draws.h"

namespace sockmark {
namespace {

using Series = std::vector<double>;

Series noise(Random& random, std::size_t count, double mean = 0) {
  Series values(count);
  for (double& value : values) value = mean + normal(random);
  return values;
}

TEST(Mser5, CutsATransient) {
  Series values(100);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = (i < 20 ? 150 : 50) + static_cast<double>(i % 2);
  }
  EXPECT_EQ(mser5_cut(values), 20U);
}

TEST(Mser5, CutsADecayWhereItIsLostInTheNoise) {
  Random random(2);
  Series values = noise(random, 300, 50);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] += 40 * std::exp(-static_cast<double>(i) / 10);
  }
  EXPECT_GE(mser5_cut(values), 20U);
  EXPECT_LE(mser5_cut(values), 60U);
}

// As the definition says it: the least variance of the batches' means that are
// left over their number.
TEST(Mser5, FindsTheLeastStandardError) {
  Random random(3);
  for (int run = 0; run < 50; ++run) {
    const Series values = noise(random, 83);
    double least = std::numeric_limits<double>::infinity();
    std::size_t expected = 0;
    for (std::size_t cut = 0; cut <= 8; ++cut) {
      Series means;
      for (std::size_t i = cut; i < 16; ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < 5; ++k) sum += values[5 * i + k];
        means.push_back(sum / 5);
      }
      const auto n = static_cast<double>(means.size());
      double mean = 0;
      for (const double value : means) mean += value / n;
      double squares = 0;
      for (const double value : means)
        squares += (value - mean) * (value - mean);
      if (squares / (n * n) < least) {
        least = squares / (n * n);
        expected = 5 * cut;
      }
    }
    ASSERT_EQ(mser5_cut(values), expected) << run;
  }
}

TEST(Mser5, NeverCutsMoreThanHalf) {
  for (std::size_t count = 0; count < 130; ++count) {
    Series values(count);
    for (std::size_t i = 0; i < count; ++i) {
      values[i] = std::exp(-static_cast<double>(i) / 4);
    }
    EXPECT_LE(2 * mser5_cut(values), count);
    EXPECT_EQ(mser5_cut(values) % 5, 0U);
  }
}

TEST(Mser5, CutsNothingOfWhatIsConstantOrShort) {
  EXPECT_EQ(mser5_cut(Series(100, 7.0)), 0U);
  EXPECT_EQ(mser5_cut({}), 0U);
  EXPECT_EQ(mser5_cut(Series{9, 9, 9, 9, 9, 1, 1, 1, 1, 1}), 0U);
}

// By hand: of n values in order, S = n (n - 1) / 2, its variance
// n (n - 1) (2 n + 5) / 18, and z = (S - 1) over the root of that.
TEST(MannKendallTest, HasTheStatisticOfTheDefinition) {
  const Series rising = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_NEAR(mann_kendall(rising).z, 44 / std::sqrt(125), 1e-12);
  EXPECT_NEAR(mann_kendall(rising).p_value, 8.303e-5, 1e-7);
  const Series falling(rising.rbegin(), rising.rend());
  EXPECT_NEAR(mann_kendall(falling).z, -44 / std::sqrt(125), 1e-12);
}

// By hand: eleven pairs rise and two fall, so S = 9; two are ties of two, so
// the variance is (6 * 5 * 17 - 2 * 2 * 1 * 9) / 18.
TEST(MannKendallTest, IsCorrectedForTies) {
  const MannKendall result = mann_kendall(Series{1, 3, 1, 2, 3, 4});
  EXPECT_NEAR(result.z, 8 / std::sqrt(474.0 / 18), 1e-12);
}

TEST(MannKendallTest, CountsThePairsAsTheyAre) {
  Random random(4);
  for (const std::size_t count : {3U, 4U, 7U, 64U, 101U}) {
    Series values = noise(random, count);
    double score = 0;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t k = i + 1; k < count; ++k) {
        score += values[k] > values[i] ? 1 : -1;
      }
    }
    const auto n = static_cast<double>(count);
    const double variance = n * (n - 1) * (2 * n + 5) / 18;
    EXPECT_NEAR(mann_kendall(values).z * std::sqrt(variance),
                score == 0 ? 0 : score - std::copysign(1, score), 1e-9);
  }
}

TEST(MannKendallTest, FindsATrendInOneOfAHundredSeriesOfNoise) {
  Random random(5);
  constexpr int kSeries = 4000;
  int found = 0;
  for (int i = 0; i < kSeries; ++i) {
    found += mann_kendall(noise(random, 60)).p_value < 0.01;
  }
  EXPECT_NEAR(found, 0.01 * kSeries, 3 * std::sqrt(0.01 * kSeries));
}

TEST(MannKendallTest, FindsASlightTrendInMuchNoise) {
  Random random(6);
  Series values = noise(random, 100);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] += 0.02 * static_cast<double>(i);
  }
  EXPECT_LT(mann_kendall(values).p_value, 0.01);
  EXPECT_GT(mann_kendall(values).z, 0);
}

TEST(MannKendallTest, FindsNothingInWhatIsConstantOrShort) {
  for (const Series& values :
       {Series{}, Series{1}, Series{1, 2}, Series(50, 3.0)}) {
    EXPECT_EQ(mann_kendall(values).z, 0);
    EXPECT_EQ(mann_kendall(values).p_value, 1);
  }
}

TEST(HalfAgainstHalf, ComparesTheMedians) {
  EXPECT_DOUBLE_EQ(half_against_half(Series{10, 11, 9, 12, 900, 12}), 0.2);
  EXPECT_DOUBLE_EQ(half_against_half(Series{4, 0, 2}), -0.5);
  EXPECT_DOUBLE_EQ(half_against_half(Series{1, 3, 4, 8}), 2);
  EXPECT_DOUBLE_EQ(half_against_half(Series{-4, -2}), 0.5);
}

TEST(HalfAgainstHalf, KnowsNoDifferenceOfNothing) {
  EXPECT_EQ(half_against_half({}), 0);
  EXPECT_EQ(half_against_half(Series{5}), 0);
  EXPECT_EQ(half_against_half(Series{0, 0}), 0);
  EXPECT_EQ(half_against_half(Series{0, 1}),
            std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace sockmark
