#include "harness/history/change_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/harness/synthetic_history.h"

namespace sockmark {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

bool is_nothing(const Changes& changes) {
  return changes.points.empty() && !changes.drift;
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
  std::vector<double> values = level(60);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] *= (i < 30 ? 1 : 1.1) * (1 + 0.03 * noise());
  }
  const auto once = find_changes(values);
  const auto again = find_changes(values);
  ASSERT_EQ(once->points.size(), again->points.size());
  ASSERT_THAT(once->points, SizeIs(1));
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
