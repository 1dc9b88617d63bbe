// The axes of the charts of a comparison.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "harness/gate/ratio_axis.h"
#include "harness/gate/value_axis.h"

namespace sockmark {
namespace {

using testing::Contains;
using testing::Gt;
using testing::Lt;

std::vector<std::string> texts(const Axis& axis) {
  std::vector<std::string> all;
  for (const Tick& tick : axis.ticks) all.push_back(tick.text);
  return all;
}

TEST(RatioAxis, has_no_change_in_its_middle_and_ticks_in_per_cent) {
  const Axis axis = ratio_axis("change", std::log(1.15));
  EXPECT_DOUBLE_EQ(axis.least * axis.most, 1);
  EXPECT_THAT(texts(axis), Contains("0"));
  EXPECT_THAT(texts(axis), Contains("+10 %"));
  EXPECT_THAT(texts(axis), Contains("-10 %"));
  for (const Tick& tick : axis.ticks) {
    EXPECT_GE(tick.at, axis.least);
    EXPECT_LE(tick.at, axis.most);
    if (tick.text == "+10 %") {
      EXPECT_NEAR(tick.at, 1.1, 1e-12);
    }
  }
}

TEST(RatioAxis, has_few_ticks_wherever_it_ends) {
  for (const double reach : {0.01, 0.05, 0.2, 0.7, 1.8, 4.0}) {
    const Axis axis = ratio_axis("change", reach);
    EXPECT_GE(axis.ticks.size(), 5u) << reach;
    EXPECT_LE(axis.ticks.size(), 15u) << reach;
  }
}

TEST(RatioAxis, reaches_all_rows_that_are_alike) {
  EXPECT_THAT(fitting_reach({0.1, 0.2, 0.15}, 0.05), Gt(0.2));
  EXPECT_EQ(fitting_reach({}, 0.05), 0.05);
  EXPECT_EQ(fitting_reach({0.01}, 0.05), 0.05);
}

TEST(RatioAxis, does_not_press_all_rows_together_for_one) {
  EXPECT_THAT(fitting_reach({0.04, 0.05, 0.03, 0.06, 0.05, 1.6}, 0.05),
              Lt(0.3));
}

TEST(ValueAxis, goes_a_little_beyond_the_values) {
  const Axis axis = value_axis(21.1, 23.9);
  EXPECT_LT(axis.least, 21.1);
  EXPECT_GT(axis.least, 20);
  EXPECT_GT(axis.most, 23.9);
  EXPECT_LT(axis.most, 25);
  EXPECT_EQ(texts(axis), (std::vector<std::string>{"21", "22", "23", "24"}));
}

TEST(ValueAxis, has_ticks_that_differ_whatever_the_values_are) {
  for (const auto& [least, most] :
       std::vector<std::pair<double, double>>{{2.02, 2.03},
                                              {0, 0.003},
                                              {41'000, 52'345},
                                              {3.5e7, 3.6e7},
                                              {1e-6, 2e-6},
                                              {5, 5}}) {
    const Axis axis = value_axis(least, most);
    EXPECT_GE(axis.ticks.size(), 2u) << least;
    EXPECT_LE(axis.ticks.size(), 6u) << least;
    for (std::size_t i = 1; i < axis.ticks.size(); ++i) {
      EXPECT_NE(axis.ticks[i].text, axis.ticks[i - 1].text);
    }
  }
}

}  // namespace
}  // namespace sockmark
