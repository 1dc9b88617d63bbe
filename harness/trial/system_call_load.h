// System calls per request, counted in a short load of its own: the counting
// slows a server down.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "harness/costs/tree_usage.h"
#include "harness/record/record.h"
#include "harness/tool/load_target.h"

namespace sockmark {

// Puts 100 ms of the same load on the server, by loadgen on `cpus`, and fills
// system_calls_per_request, or says in `unavailable` why not. Throws
// TrialFailure (interrupted) soon after `stop` is set.
void count_system_calls(const ServerTree& tree, const LoadTarget& target,
                        const Workload& workload, const std::vector<int>& cpus,
                        const std::atomic<bool>& stop, Resources& resources);

}  // namespace sockmark
