// How much a machine's figures differ when nothing does: a server against
// itself, in pairs.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harness/cpus.h"
#include "harness/server_spec.h"
#include "harness/stats.h"

namespace sockmark {

// Of one figure, in an A/A measurement. All are shares: 0.01 is 1 %.
struct Noise {
  double spread = 0;         // of all values, one by one
  double paired_spread = 0;  // of a value, without what its pair has in common
  MedianInterval ratio;      // of A to A; 1 should lie within
  double smallest_difference = 0;  // that kNoiseRounds rounds can tell apart
};

inline constexpr int kNoiseRounds = 10;

// The standard deviation that a normal distribution with this median absolute
// deviation has, over the median; few outliers do not change it. Nothing of
// less than two values or a median that is not positive.
std::optional<double> robust_spread(std::span<const double> values);

// Nothing of less than two pairs or of values that are not positive.
//
// The smallest difference is 7 spreads over the root of the number of rounds:
// what a one-sided test at 1 % finds in 80 of 100 cases, by simulation of
// paired rounds of about 10. sockmark compares within rounds, so the spread is
// the paired one.
std::optional<Noise> noise_of(std::span<const double> a,
                              std::span<const double> b);

// Of one workload. Absent where a figure could not be had, and `why_not` then
// says why.
struct WorkloadNoise {
  std::string workload;
  int pairs = 0;
  std::optional<Noise> requests_per_second;
  std::optional<Noise> cpu_per_request;
  std::string why_not;
};

struct NoiseTrials {
  int pairs = 12;
  std::chrono::nanoseconds duration = std::chrono::milliseconds(500);
  std::chrono::nanoseconds warmup = std::chrono::milliseconds(50);
  std::chrono::nanoseconds budget = std::chrono::seconds(38);  // in all
};

// Measures `server` against itself, in `long` and in `short`: pairs of trials,
// the first first in one and the second in the next. Ends early when the budget
// is used up or `stop` is set.
std::vector<WorkloadNoise> measure_noise(const ServerSpec& server,
                                         const CpuPlan& cpus,
                                         const NoiseTrials& trials,
                                         const std::atomic<bool>& stop);

}  // namespace sockmark
