// The trials of a run, in their order. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "harness/experiment.h"

namespace sockmark {

struct PlannedTrial {
  int index = 0;                    // in the whole run
  int round = 0;                    // from 0
  int order = 0;                    // within the round
  std::size_t server = 0;           // index
  std::size_t workload = 0;         // into the experiment's
  bool count_system_calls = false;  // in a short load after the measured one
};

// Every server with every workload once a round, each round shuffled anew: what
// drifts on the machine meets all servers alike. The seed alone decides the
// order, on every machine.
std::vector<PlannedTrial> plan_trials(std::size_t servers,
                                      const Experiment& experiment);

// How long it will take: load and warm-up, and a little for starting and
// stopping.
std::chrono::nanoseconds expected_duration(const Workload& workload);
std::chrono::nanoseconds expected_duration(
    const std::vector<PlannedTrial>& plan, const Experiment& experiment);

}  // namespace sockmark
