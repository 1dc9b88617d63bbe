// How often change points are found where there are none, and where there are:
// the numbers in docs/method.md, on series that nobody measured. Prints them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "harness/history/change_points.h"
#include "tests/harness/synthetic_history.h"

namespace sockmark {
namespace {

constexpr int kSets = 500;
constexpr int kFewSets = 100;

struct Shape {
  int runs = 60;
  int at = 30;      // where it steps
  double step = 0;  // 0.1: up by 10 %
  double spread = 0.03;
  double outliers = 0;  // share of runs that are 10 to 50 % slower
  double drift = 0;     // over all runs
  double kept = 0;      // what a run keeps of the last one's deviation
};

std::vector<double> draw(const Shape& shape, NormalNoise& noise) {
  std::vector<double> values;
  double deviation = shape.spread * noise();
  for (int i = 0; i < shape.runs; ++i) {
    double log = deviation + shape.drift * i / (shape.runs - 1);
    if (i >= shape.at) log += std::log(1 + shape.step);
    if (noise.uniform() < shape.outliers) log += 0.1 + 0.4 * noise.uniform();
    values.push_back(20e3 * std::exp(log));
    // So that it varies as much however much is kept.
    deviation = shape.kept * deviation +
                std::sqrt(1 - shape.kept * shape.kept) * shape.spread * noise();
  }
  return values;
}

std::string describe(const Shape& shape) {
  std::string text =
      fmt::format("{} runs ± {:g} %", shape.runs, 100 * shape.spread);
  if (shape.step != 0) {
    text += fmt::format(", step {:+g} % at {}", 100 * shape.step, shape.at);
  }
  if (shape.drift != 0) {
    text += fmt::format(", drift {:+.0f} %", 100 * (std::exp(shape.drift) - 1));
  }
  if (shape.outliers > 0) {
    text += fmt::format(", outliers {:g} %", 100 * shape.outliers);
  }
  if (shape.kept > 0) text += fmt::format(", wandering {:g}", shape.kept);
  return text;
}

// The share of sets in which what is found is so.
template <typename Predicate>
double share(const Shape& shape, const std::string& what,
             const Predicate& is_so, int sets = kSets) {
  NormalNoise noise(11);
  int found = 0;
  for (int set = 0; set < sets; ++set) {
    const auto changes = find_changes(draw(shape, noise));
    EXPECT_TRUE(changes.has_value());
    found += is_so(*changes) ? 1 : 0;
  }
  const double rate = static_cast<double>(found) / sets;
  fmt::print("{:<48} {:<12} {:5.1f} % of {}\n", describe(shape), what,
             100 * rate, sets);
  return rate;
}

bool is_anything(const Changes& changes) {
  return !changes.points.empty() || changes.drift;
}

double false_alarms(const Shape& shape, int sets = kSets) {
  return share(shape, "false alarm", is_anything, sets);
}

// One change point, within two runs of where it is.
double found(const Shape& shape, int sets = kSets) {
  const auto is_there = [&shape](const Changes& changes) {
    return changes.points.size() == 1 && !changes.drift &&
           std::abs(static_cast<int>(changes.points[0].index) - shape.at) <= 2;
  };
  return share(shape, "found", is_there, sets);
}

TEST(ChangePointRates, OfStepsOfTenPercentAreAbove95Percent) {
  EXPECT_GE(found({.step = 0.1}), 0.95);
  EXPECT_GE(found({.runs = 30, .at = 15, .step = 0.1}), 0.95);
  EXPECT_GE(found({.step = -0.1}, kFewSets), 0.95);
  EXPECT_GE(found({.at = 50, .step = 0.1}, kFewSets), 0.95);
  EXPECT_GE(found({.runs = 200, .at = 120, .step = 0.1}, kFewSets), 0.95);
}

TEST(ChangePointRates, OfFlatSeriesAreBelowOnePercent) {
  for (const int runs : {30, 60, 200}) {
    for (const double spread : {0.03, 0.1}) {
      for (const double outliers : {0.0, 0.1}) {
        EXPECT_LE(false_alarms(
                      {.runs = runs, .spread = spread, .outliers = outliers}),
                  0.01);
      }
    }
  }
}

// What it cannot do: no less than docs/method.md admits.
TEST(ChangePointRates, OfStepsOfFivePercentAreTwoInFive) {
  const double rate = found({.step = 0.05});
  EXPECT_NEAR(rate, 0.4, 0.05);
}

TEST(ChangePointRates, OfLevelsThatWanderAreThreeInTen) {
  const double rate = false_alarms({.kept = 0.9});
  EXPECT_NEAR(rate, 0.3, 0.05);
}

TEST(ChangePointRates, OfStepsAmongOutliersAreAbove90Percent) {
  EXPECT_GE(found({.step = 0.15, .outliers = 0.1}, kFewSets), 0.9);
}

TEST(ChangePointRates, OfStepsThatDoNotMatterAreBelowTwoPercent) {
  EXPECT_LE(false_alarms({.step = 0.02, .spread = 0.005}, kFewSets), 0.02);
}

TEST(ChangePointRates, OfDriftsThatAreTakenForStepsAreBelow5Percent) {
  const auto drifts = [](const Shape& shape) {
    const double ratio = std::exp(shape.drift);
    const auto is_drift = [ratio](const Changes& changes) {
      return changes.points.empty() && changes.drift &&
             std::abs(changes.drift->ratio - ratio) < 0.05;
    };
    return share(shape, "drift alone", is_drift, kFewSets);
  };
  EXPECT_GE(drifts({.spread = 0.02, .drift = std::log(1.2)}), 0.95);
  EXPECT_GE(drifts({.runs = 200, .drift = std::log(0.8)}), 0.95);
}

TEST(ChangePointRates, OfStepsOnADriftAreAbove90Percent) {
  const auto are_both = [](const Changes& changes) {
    return changes.drift && changes.points.size() == 1 &&
           std::abs(static_cast<int>(changes.points[0].index) - 30) <= 2 &&
           std::abs(changes.points[0].ratio - 1.2) < 0.06;
  };
  EXPECT_GE(share({.step = 0.2, .spread = 0.02, .drift = std::log(1.2)}, "both",
                  are_both, kFewSets),
            0.9);
}

}  // namespace
}  // namespace sockmark
