#include "harness/history/change_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "tests/harness/synthetic_history.h"

namespace sockmark {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

constexpr int kSets = 500;
constexpr int kFewSets = 100;

struct Shape {
  int runs = 60;
  int at = 30;      // where it steps
  double step = 0;  // 0.1: up by 10 %
  double spread = 0.03;
  double outliers = 0;  // share of runs that are 10 to 50 % slower
  double drift = 0;     // over all runs
};

std::vector<double> draw(const Shape& shape, NormalNoise& noise) {
  std::vector<double> values;
  for (int i = 0; i < shape.runs; ++i) {
    double log = shape.spread * noise() + shape.drift * i / (shape.runs - 1);
    if (i >= shape.at) log += std::log(1 + shape.step);
    if (noise.uniform() < shape.outliers) log += 0.1 + 0.4 * noise.uniform();
    values.push_back(20e3 * std::exp(log));
  }
  return values;
}

// In how many sets what is found is so.
template <typename Predicate>
int count(const Shape& shape, const Predicate& is_so, int sets = kSets) {
  NormalNoise noise(11);
  int sum = 0;
  for (int set = 0; set < sets; ++set) {
    const auto changes = find_changes(draw(shape, noise));
    EXPECT_TRUE(changes.has_value());
    sum += is_so(*changes) ? 1 : 0;
  }
  return sum;
}

// One change point, within two runs of where it is.
auto is_at(int index) {
  return [index](const Changes& changes) {
    return changes.points.size() == 1 && !changes.drift &&
           std::abs(static_cast<int>(changes.points[0].index) - index) <= 2;
  };
}

bool is_nothing(const Changes& changes) {
  return changes.points.empty() && !changes.drift;
}

TEST(ChangePoints, FindStepsOfTenPercent) {
  EXPECT_GE(count({.step = 0.1}, is_at(30)), 0.95 * kSets);
  EXPECT_GE(count({.runs = 30, .at = 15, .step = 0.1}, is_at(15)),
            0.95 * kSets);
  EXPECT_GE(count({.step = -0.1}, is_at(30), kFewSets), 0.95 * kFewSets);
  EXPECT_GE(count({.at = 50, .step = 0.1}, is_at(50), kFewSets),
            0.95 * kFewSets);
  EXPECT_GE(count({.runs = 200, .at = 120, .step = 0.1}, is_at(120), kFewSets),
            0.95 * kFewSets);
}

TEST(ChangePoints, AreNotSeenInFlatSeries) {
  for (const int runs : {30, 60, 200}) {
    for (const double spread : {0.03, 0.1}) {
      for (const double outliers : {0.0, 0.1}) {
        EXPECT_GE(count({.runs = runs, .spread = spread, .outliers = outliers},
                        is_nothing),
                  0.98 * kSets)
            << runs << " runs that vary by " << spread << ", of which "
            << outliers << " are outliers";
      }
    }
  }
}

TEST(ChangePoints, AreFoundAmongOutliers) {
  EXPECT_GE(count({.step = 0.15, .outliers = 0.1}, is_at(30), kFewSets),
            0.9 * kFewSets);
}

TEST(ChangePoints, OfLessThanFivePercentDoNotMatter) {
  EXPECT_GE(count({.step = 0.02, .spread = 0.005}, is_nothing, kFewSets),
            0.98 * kFewSets);
}

TEST(ChangePoints, TellADriftFromSteps) {
  const auto is_drift = [](double ratio) {
    return [ratio](const Changes& changes) {
      return changes.points.empty() && changes.drift &&
             std::abs(changes.drift->ratio - ratio) < 0.05;
    };
  };
  EXPECT_GE(
      count({.spread = 0.02, .drift = std::log(1.2)}, is_drift(1.2), kFewSets),
      0.95 * kFewSets);
  EXPECT_GE(
      count({.runs = 200, .drift = std::log(0.8)}, is_drift(0.8), kFewSets),
      0.95 * kFewSets);
}

TEST(ChangePoints, FindAStepThatADriftDoesNotExplain) {
  const auto are_both = [](const Changes& changes) {
    return changes.drift && changes.points.size() == 1 &&
           std::abs(static_cast<int>(changes.points[0].index) - 30) <= 2 &&
           std::abs(changes.points[0].ratio - 1.2) < 0.06;
  };
  EXPECT_GE(count({.step = 0.2, .spread = 0.02, .drift = std::log(1.2)},
                  are_both, kFewSets),
            0.9 * kFewSets);
}

// 20 us, that vary by up to 1 %.
std::vector<double> level(std::size_t runs) {
  std::vector<double> values;
  for (std::size_t i = 0; i < runs; ++i) {
    values.push_back(20e3 * (1 + 0.001 * static_cast<double>(i * 7 % 11)));
  }
  return values;
}

TEST(ChangePoints, OutliersAtTheEndAreNone) {
  for (const double factor : {1.5, 10.0, 0.1}) {
    std::vector<double> values = level(40);
    values.back() *= factor;
    EXPECT_THAT(find_changes(values)->points, IsEmpty()) << factor;
    values.front() *= factor;
    values[20] *= factor;
    EXPECT_THAT(find_changes(values)->points, IsEmpty()) << factor;
    values[38] *= factor;
    EXPECT_THAT(find_changes(values)->points, IsEmpty()) << factor;
    EXPECT_FALSE(find_changes(values)->drift.has_value());
  }
}

TEST(ChangePoints, TakeFiveRunsOfANewLevel) {
  for (const std::size_t runs : {4u, 5u}) {
    std::vector<double> values = level(40);
    for (std::size_t i = 40 - runs; i < 40; ++i) values[i] *= 1.2;
    const auto changes = find_changes(values);
    ASSERT_THAT(changes->points, SizeIs(runs == 5 ? 1 : 0)) << runs;
    if (runs < 5) continue;
    EXPECT_EQ(changes->points[0].index, 35);
    EXPECT_NEAR(changes->points[0].ratio, 1.2, 0.01);
    EXPECT_LT(changes->points[0].p, 1e-3);
  }
}

TEST(ChangePoints, ThatWereTakenBackAreTwo) {
  std::vector<double> values = level(100);
  for (std::size_t i = 60; i < 70; ++i) values[i] *= 1.1;
  const auto changes = find_changes(values);
  ASSERT_THAT(changes->points, SizeIs(2));
  EXPECT_EQ(changes->points[0].index, 60);
  EXPECT_EQ(changes->points[1].index, 70);
  EXPECT_NEAR(changes->points[0].ratio * changes->points[1].ratio, 1, 0.01);
}

TEST(ChangePoints, ThatComeAndGoAreAllFound) {
  std::vector<double> values = level(120);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i / 10 % 2 == 1) values[i] *= 1.2;
  }
  const auto changes = find_changes(values);
  ASSERT_THAT(changes->points, SizeIs(11));
  for (std::size_t i = 0; i < 11; ++i) {
    EXPECT_EQ(changes->points[i].index, 10 * (i + 1));
  }
  EXPECT_FALSE(changes->drift.has_value());
}

TEST(ChangePoints, TakeTheirRunsToSpeak) {
  EXPECT_FALSE(find_changes(level(29)).has_value());
  EXPECT_TRUE(find_changes(level(30)).has_value());
  ChangePointRules rules;
  rules.fewest_values = 2;
  EXPECT_FALSE(find_changes(level(kFewestToSplit - 1), rules).has_value());
  EXPECT_FALSE(find_changes({}, rules).has_value());
  // The fewest that can ever show one do show one.
  std::vector<double> values = level(kFewestToSplit);
  for (std::size_t i = kFewestToSplit / 2; i < values.size(); ++i) {
    values[i] *= 2;
  }
  EXPECT_THAT(find_changes(values, rules)->points, SizeIs(1));
}

TEST(ChangePoints, AreNoneWhereAllRunsAreTheSame) {
  EXPECT_TRUE(is_nothing(*find_changes(std::vector<double>(40, 20e3))));
}

TEST(ChangePoints, AreTheSameEveryTime) {
  NormalNoise noise(5);
  const auto values = draw({.step = 0.06}, noise);
  const auto once = find_changes(values);
  const auto again = find_changes(values);
  ASSERT_EQ(once->points.size(), again->points.size());
  for (std::size_t i = 0; i < once->points.size(); ++i) {
    EXPECT_EQ(once->points[i].index, again->points[i].index);
    EXPECT_EQ(once->points[i].p, again->points[i].p);
  }
}

TEST(ChangePoints, AreOfFiguresAboveZero) {
  std::vector<double> values = level(40);
  values[3] = 0;
  EXPECT_THROW(find_changes(values), std::invalid_argument);
}

}  // namespace
}  // namespace sockmark
