// One entry of an experiment's workloads, and what the whole says alike.
//
// All throw std::runtime_error as LocatedJson does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/plan/experiment.h"
#include "harness/text/located_json.h"

namespace sockmark {

// What an experiment has and each workload may have for itself.
struct Timing {
  std::int64_t warmup_ns = 200'000'000;
  std::int64_t duration_ns = 1'000'000'000;
  int rounds = 1;
};

// `usual` with what `json` says otherwise.
Timing timing_in(const LocatedJson& json, Timing usual);

// A text that is not empty.
std::string name_in(const LocatedJson& json);

// 0.02 of "2%".
double percentage_in(const LocatedJson& json);

// One or a list of them; none of nothing.
std::vector<std::string> names_in(const std::optional<LocatedJson>& json);

// A plan for each combination of the values that `json` lists.
std::vector<WorkloadPlan> workloads_of(const LocatedJson& json,
                                       const Timing& usual);

}  // namespace sockmark
