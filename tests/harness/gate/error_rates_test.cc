// How often the gate is wrong, through the code that `sockmark ab` runs, on
// made-up figures of which the truth is known. Prints the rates:
//
//   build/release/tests/harness_gate_error_rates_test
//
// Seeds are fixed and nothing depends on the machine: the counts are always the
// same.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/harness/gate/sampled.h"
#include "tests/harness/gate/simulated_cells.h"

namespace sockmark {
namespace {

constexpr int kAllSets = 2'000;
#ifdef NDEBUG
constexpr int kSets = kAllSets;
#else
constexpr int kSets = kAllSets / 10;  // builds for debugging are slow
#endif

// The count of this share of the sets. Of few sets, three standard deviations
// more.
int most(double share) {
  const double expected = kSets * share;
  const double deviation = std::sqrt(expected * (1 - share));
  return static_cast<int>(expected + (kSets < kAllSets ? 3 * deviation : 0));
}

int least(double share) { return kSets - most(1 - share); }

std::vector<Metric> noisy_metrics() {
  std::vector<Metric> noisy;
  for (const Metric& metric : trial_metrics()) {
    if (metric.rule == Rule::noisy) noisy.push_back(metric);
  }
  return noisy;
}

bool any(const std::vector<Judgement>& judgements, Finding finding) {
  return std::any_of(
      judgements.begin(), judgements.end(),
      [finding](const Judgement& one) { return one.finding == finding; });
}

void report(const std::string& what, int count, int of) {
  const std::string rate =
      fmt::format("{} of {} ({:.2f} %)", count, of, 100.0 * count / of);
  testing::Test::RecordProperty("rate", rate);
  std::puts(fmt::format("{}: {}", what, rate).c_str());
}

struct Outcomes {
  int regressed = 0;     // sets with anything that is said to be worse
  int inconclusive = 0;  // sets with none, and something open
};

// One cell with all noisy metrics, so often.
Outcomes outcomes_of(double effect, const SimulatedNoise& noise) {
  Outcomes outcomes;
  for (int set = 0; set < kSets; ++set) {
    std::vector<SimulatedCell> cells;
    cells.emplace_back("long/poll", noisy_metrics(), effect, noise,
                       static_cast<std::uint64_t>(set));
    const auto judgements = judge_in_two_looks(cells);
    if (any(judgements, Finding::regressed)) {
      ++outcomes.regressed;
    } else if (any(judgements, Finding::inconclusive)) {
      ++outcomes.inconclusive;
    }
  }
  return outcomes;
}

TEST(ErrorRates, OfLikeSidesOnADriftingMachine) {
  const Outcomes found = outcomes_of(1, {.drift = 0.04});
  report("like sides, drift: regressed", found.regressed, kSets);
  report("like sides, drift: inconclusive", found.inconclusive, kSets);
  EXPECT_LE(found.regressed, most(0.02));
}

TEST(ErrorRates, OfLikeSidesWhereALoadSetsInHalfWay) {
  const Outcomes found = outcomes_of(1, {.drift = 0.04, .step = 0.15});
  report("like sides, a load from half-way on: regressed", found.regressed,
         kSets);
  EXPECT_LE(found.regressed, most(0.02));
}

TEST(ErrorRates, OfLikeSidesThatVaryMoreThanTheMargins) {
  const Outcomes found = outcomes_of(1, {.within = 0.08, .drift = 0.04});
  report("like sides, 8 % within a pair: regressed", found.regressed, kSets);
  EXPECT_LE(found.regressed, most(0.05));
}

TEST(ErrorRates, OfTwoHundredLikeCells) {
  constexpr int kCells = 200;
  const SimulatedNoise noise = {.within = 0.05};
  int failed = 0;
  for (int set = 0; set < kSets; ++set) {
    std::vector<SimulatedCell> cells;
    for (int cell = 0; cell < kCells; ++cell) {
      cells.emplace_back(fmt::format("cell {}", cell),
                         std::vector{metric_named("cpu_ns_per_request")}, 1,
                         noise,
                         static_cast<std::uint64_t>(set * kCells + cell));
    }
    if (any(judge_in_two_looks(cells), Finding::regressed)) ++failed;
  }
  report("200 like cells: any regressed", failed, kSets);
  EXPECT_LE(failed, most(0.05));
}

TEST(ErrorRates, OfASlowdownByATenth) {
  const Outcomes found = outcomes_of(1.1, {.within = 0.03, .drift = 0.04});
  report("10 % worse, 3 % within a pair: regressed", found.regressed, kSets);
  EXPECT_GE(found.regressed, least(0.99));
}

// Of ten pairs, of a server that is 4 % worse: within the margin or not, the
// interval has to hold the truth.
TEST(ErrorRates, OfTheIntervals) {
  constexpr double kTruth = 1.04;
  int covered = 0;
  int covered90 = 0;
  for (int set = 0; set < kSets; ++set) {
    SimulatedCell cell("long/poll", {metric_named("cpu_ns_per_request")},
                       kTruth, {.drift = 0.04},
                       static_cast<std::uint64_t>(set));
    cell.run(10);
    const auto estimate = judge(cell.samples(), {}).at(0).estimate.value();
    if (estimate.low <= kTruth && kTruth <= estimate.high) ++covered;
    if (estimate.low90 <= kTruth && kTruth <= estimate.high90) ++covered90;
  }
  report("the 95 % interval holds the truth", covered, kSets);
  report("the 90 % interval holds the truth", covered90, kSets);
  EXPECT_GE(covered, least(0.93));
  EXPECT_LE(covered, most(0.97));
  EXPECT_GE(covered90, least(0.88));
  EXPECT_LE(covered90, most(0.94));
}

}  // namespace
}  // namespace sockmark
