#include "harness/history/energy_split.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>

#include "tests/harness/synthetic_history.h"

namespace sockmark {
namespace {

constexpr SplitRules kRules = {
    .least_segment = 3, .window = 50, .short_window = 20};

// The statistic as it is defined, with divisions.
double energy_by_definition(const Levels& levels, std::size_t split) {
  const auto mean = [&](std::size_t a, std::size_t b, std::size_t c,
                        std::size_t d) {
    double sum = 0;
    double pairs = 0;
    for (std::size_t i = a; i < b; ++i) {
      for (std::size_t k = c; k < d; ++k) {
        if (i == k) continue;
        sum += std::abs(static_cast<double>(levels[i] - levels[k]));
        ++pairs;
      }
    }
    return sum / pairs;
  };
  const std::size_t size = levels.size();
  const auto n = static_cast<double>(split);
  const auto m = static_cast<double>(size - split);
  return n * m / (n + m) *
         (2 * mean(0, split, split, size) - mean(0, split, 0, split) -
          mean(split, size, split, size));
}

TEST(EnergySplit, IsTheBestByTheDefinition) {
  NormalNoise noise(1);
  for (int set = 0; set < 50; ++set) {
    Levels levels;
    for (int i = 0; i < 20; ++i) {
      levels.push_back(static_cast<std::int32_t>(1000 * noise()) +
                       (i > set % 20 ? 900 : 0));
    }
    std::size_t best = kRules.least_segment;
    for (std::size_t at = best; at + kRules.least_segment <= 20; ++at) {
      if (energy_by_definition(levels, at) >
          energy_by_definition(levels, best)) {
        best = at;
      }
    }
    const auto split = best_split(levels, kRules);
    ASSERT_TRUE(split.has_value());
    EXPECT_EQ(split->index, best);
    const double value = static_cast<double>(split->energy.numerator) /
                         static_cast<double>(split->energy.denominator);
    EXPECT_NEAR(value * 2, energy_by_definition(levels, best), 1e-6);
  }
}

TEST(EnergySplit, LeavesEnoughOnBothSides) {
  EXPECT_FALSE(best_split(Levels{0, 0, 0, 0, 9}, kRules).has_value());
  const auto split = best_split(Levels{0, 0, 0, 0, 0, 9}, kRules);
  ASSERT_TRUE(split.has_value());
  EXPECT_EQ(split->index, 3);
  EXPECT_FALSE(best_split(Levels{}, kRules).has_value());
}

TEST(EnergySplit, FindsInLongSequencesWhatWasTakenBack) {
  Levels levels(400, 0);
  for (std::size_t i = 190; i < 200; ++i) levels[i] = 100;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    levels[i] += static_cast<std::int32_t>(i % 7);
  }
  const auto split = best_split(levels, {});
  ASSERT_TRUE(split.has_value());
  EXPECT_TRUE(split->index == 190 || split->index == 200) << split->index;
}

TEST(EnergySplit, IsNothingIfChanceDoesAsWell) {
  NormalNoise noise(3);
  Levels flat, step;
  for (int i = 0; i < 40; ++i) {
    const auto level = static_cast<std::int32_t>(1000 * noise());
    flat.push_back(level);
    step.push_back(level + (i < 20 ? 0 : 5000));
  }
  const SplitRules rules;
  const auto chance = [&](const Levels& levels) {
    return chance_does_as_well(levels, rules, best_split(levels, rules)->energy,
                               999, 1);
  };
  EXPECT_TRUE(chance(flat));
  EXPECT_FALSE(chance(step));
  EXPECT_TRUE(chance(Levels(40, 7))) << "where all are the same";
}

TEST(EnergySplit, HasLevelsInDeviationsFromTheMedian) {
  // The distances from 10.5 have the median 0.5: a deviation is 0.7413.
  const Levels levels = levels_of(std::vector<double>{9, 10, 11, 10.5, 1e9});
  EXPECT_EQ(levels[1], -674);
  EXPECT_EQ(levels[3], 0);
  EXPECT_EQ(levels[4], 3000) << "is cut off";
  EXPECT_EQ(levels_of({}), Levels{});
}

TEST(EnergySplit, HasLevelsWhereMostValuesAreTheSame) {
  const Levels levels = levels_of(std::vector<double>{5, 5, 5, 5, 7, 7});
  EXPECT_EQ(levels[0], 0);
  EXPECT_GT(levels[4], 0);
  EXPECT_EQ(levels_of(std::vector<double>{5, 5, 5}), (Levels{0, 0, 0}));
}

}  // namespace
}  // namespace sockmark
