// What to vary and how often.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/record/metric.h"
#include "harness/record/record.h"

namespace sockmark {

// What is asked, by which load tools, of whom, and how often.
struct WorkloadPlan {
  Workload workload;  // its `tool` is empty
  std::vector<std::string> tools = {"loadgen"};
  int rounds = 1;
  std::vector<std::string> servers = {};  // by name; none: all

  Workload with(const std::string& tool) const;
};

struct Experiment {
  std::string name;
  std::string about = {};
  std::vector<std::string> servers = {};  // by name; none: all
  std::vector<WorkloadPlan> workloads = {};
  std::uint64_t seed = 1;  // of the order of the trials

  // Rounds are added to a cell until its interval is at most this share of its
  // median to either side: see precision.h.
  std::optional<double> precision = {};
  // What all trials may take together; at least one round is run.
  std::optional<std::int64_t> time_budget_ns = {};

  // Disturbed blocks are told of, but not run again, and are no failure.
  bool ignore_noise = false;

  // By metric, in place of those in trial_metrics(): what difference matters
  // when two sides are compared.
  std::map<std::string, Margin> margins = {};

  int rounds() const;  // the most of any workload
};

inline constexpr int kMostRounds = 1000;
inline constexpr std::uint64_t kLargestSeed = 9'000'000'000'000'000;  // in JSON

// The same workloads with these load tools, as far as they can put them on:
// left_out() of tool.h says which they cannot. A workload that none of them can
// is left out. Throws std::invalid_argument for an unknown tool.
std::vector<WorkloadPlan> with_tools(std::vector<WorkloadPlan> workloads,
                                     const std::vector<std::string>& tools);

// A workload for each of these numbers of connections, each once.
std::vector<WorkloadPlan> with_connections(
    const std::vector<WorkloadPlan>& workloads, const std::vector<int>& counts);

// Those of these names. Throws std::invalid_argument for one that is not there.
std::vector<WorkloadPlan> with_names(const std::vector<WorkloadPlan>& workloads,
                                     const std::vector<std::string>& names);

}  // namespace sockmark
