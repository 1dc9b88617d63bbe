// What to vary and how often: the presets and what the command line changes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/record.h"

namespace sockmark {

struct Experiment {
  std::string name;
  std::vector<std::string> servers;  // by name; none: all
  std::vector<Workload> workloads;   // one for each load tool
  int rounds = 1;
  std::uint64_t seed = 1;  // of the order of the trials
};

// "quick": `short`, one round. "standard": `short`, `long` and `rate`, as many
// rounds as a 95 % interval of the median needs. Throws std::invalid_argument.
Experiment preset(const std::string& name);

// The same workloads with each of these load tools, as far as they can put them
// on: left_out() of tool.h says which they cannot. Throws std::invalid_argument
// for an unknown tool.
std::vector<Workload> with_tools(const std::vector<Workload>& workloads,
                                 const std::vector<std::string>& tools);

}  // namespace sockmark
