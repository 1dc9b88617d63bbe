// A plan in words, for who wants to know before it is run. Pure.
#pragma once

#include <string>
#include <vector>

#include "harness/plan/blocks.h"
#include "harness/plan/experiment.h"

namespace sockmark {

// "standard: 25 servers, 3 workloads, up to 6 rounds: 450 trials, about 9m45s"
std::string summary_of(const Experiment& experiment, std::size_t servers,
                       const Lineup& lineup);

// The experiment as a file, the summary, what part of the time is measured, and
// the first trials in their order.
std::string describe_plan(const Experiment& experiment,
                          const std::vector<std::string>& servers,
                          const Lineup& lineup);

}  // namespace sockmark
