// The costs in a trial's record, from what was read of server and machine.
// Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "harness/costs/cgroup.h"
#include "harness/costs/machine_sample.h"
#include "harness/costs/tree_usage.h"
#include "harness/record/record.h"

namespace sockmark {

// One end of the measured window.
struct CostSample {
  std::chrono::steady_clock::time_point at;
  TreeCpu cpu;
  std::optional<CpuTime> group;  // none: no group, or it lacks some process
  TreeActivity activity;
  MachineSample machine;
};

struct CostReadings {
  TreeCounts idle;  // ready, before the load
  Pss idle_memory;
  std::optional<CostSample> first, last;
  bool same_tasks = true;  // in both, and in all looks between them
  Pss loaded_memory = {.bytes = std::nullopt,
                       .why_not = "the load ended before it could be read"};
  std::optional<TreeCounts> left;  // after the load
  TreeCounts peak;                 // each figure's own
  std::int64_t peak_rss_bytes = 0;
};

// Whether threads or processes ended in the window and took their counts along.
// `connections` is how many were made in it: a server that starts something for
// each shows in the machine's count of forks even if no look saw one alive.
bool tasks_came_and_went(const CostReadings& readings,
                         std::uint64_t connections);

// CPU time between the samples. Without a group the split is unknown when no
// tick has hit the server.
struct WindowCpu {
  std::int64_t sum_ns = 0;
  std::optional<CpuTime> split;  // adds up to the sum
  std::string source;            // "cgroup" or "schedstat"
};

WindowCpu cpu_between(const CostSample& first, const CostSample& last);

// Sums over the window are scaled from the time between the samples to all of
// what the tool measured. What is null has its reason in `unavailable`, but for
// system calls, which are counted elsewhere.
Resources resources_from(const CostReadings& readings, const Workload& workload,
                         const LoadResult& load);

MachineUse machine_from(const CostReadings& readings, const Workload& workload,
                        const LoadResult& load);

}  // namespace sockmark
