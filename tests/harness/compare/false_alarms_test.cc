// How often the tripwire trips where nothing changed, and whether it does where
// something did: by the code that `sockmark baseline check` runs, on made-up
// histories.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

#include "harness/compare/baseline_check.h"
#include "tests/harness/compare/made_up_run.h"
#include "tests/harness/compare/normal.h"

namespace sockmark {
namespace {

constexpr int kSets = 2'000;
constexpr double kSpread = 0.03;  // of the quotient, from run to run

// The quotient of a run and what it is in the mean.
using Noise = std::function<double(Normal&)>;

double normal_noise(Normal& normal) { return std::exp(kSpread * normal()); }

// One run in ten is three times as far off.
double heavy_noise(Normal& normal) {
  const double scale = normal.even() < 0.1 ? 3 : 1;
  return std::exp(scale * kSpread * normal());
}

RecordedRun made_up_run() {
  RecordedRun run;
  run.name = run.run = "now";
  run.fingerprint = fingerprint_of(made_up_environment(), "here");
  run.commit = "0123456789ab";
  run.is_dirty = false;
  run.trials = made_up_pair(1);
  for (TrialRecord& trial : run.trials) {
    trial.load->requests_per_second.reset();  // one figure alone
    trial.load->latency = {};
  }
  return run;
}

// The CPU per request of `poll`, which is not the reference.
double& cpu_of(BaselineEntry& entry) {
  for (BaselineCell& cell : entry.cells) {
    if (cell.server == "poll") return cell.figures.at(0).median;
  }
  throw std::runtime_error("no poll");
}

double& cpu_of(RecordedRun& run) {
  for (TrialRecord& trial : run.trials) {
    if (trial.server.name == "poll") return *trial.resources.cpu_ns_per_request;
  }
  throw std::runtime_error("no poll");
}

// The share of sets in which a run that costs `factor` times as much trips.
double share_tripped(std::size_t entries, const Noise& noise, double factor) {
  constexpr double kUsual = 20'000;
  Normal normal(42);
  RecordedRun now = made_up_run();
  Baseline baseline;
  for (std::size_t i = 0; i < entries; ++i) {
    baseline.entries.push_back(entry_of(now, "epoll_lt"));
    baseline.entries.back().run = std::to_string(i);
  }
  int tripped = 0;
  for (int set = 0; set < kSets; ++set) {
    for (BaselineEntry& entry : baseline.entries) {
      cpu_of(entry) = kUsual * noise(normal);
    }
    cpu_of(now) = kUsual * factor * noise(normal);
    const BaselineCheck check = check_against(baseline, now);
    EXPECT_EQ(check.held.size(), 1);
    tripped += check.has_tripped() ? 1 : 0;
  }
  return static_cast<double>(tripped) / kSets;
}

TEST(Tripwire, HardlyTripsOnNormalNoise) {
  EXPECT_LE(share_tripped(8, normal_noise, 1), 0.003);
  EXPECT_LE(share_tripped(20, normal_noise, 1), 0.003);
}

// A run that is that far off is nothing that its history could foretell: of one
// in ten with three times the spread, 12 % are beyond a tenth.
TEST(Tripwire, TripsOnFewOfTheRunsThatAreFarOff) {
  EXPECT_LE(share_tripped(8, heavy_noise, 1), 0.02);
  EXPECT_LE(share_tripped(20, heavy_noise, 1), 0.02);
}

TEST(Tripwire, CatchesALossOfAQuarter) {
  constexpr double kCost = 1 / 0.75;
  EXPECT_GE(share_tripped(8, normal_noise, kCost), 0.98);
  EXPECT_GE(share_tripped(20, normal_noise, kCost), 0.99);
  EXPECT_GE(share_tripped(8, heavy_noise, kCost), 0.95);
  EXPECT_GE(share_tripped(20, heavy_noise, kCost), 0.98);
}

}  // namespace
}  // namespace sockmark
