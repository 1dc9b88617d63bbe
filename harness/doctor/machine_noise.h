// How much a machine's figures differ when nothing does: a server against
// itself, measured.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "harness/machine/cpus.h"
#include "harness/server/server_spec.h"
#include "harness/statistics/noise.h"

namespace sockmark {

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
