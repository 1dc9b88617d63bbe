// One trial: the only part of sockmark that runs servers and loads.
#pragma once

#include <atomic>
#include <string>

#include "harness/cpus.h"
#include "harness/plan.h"
#include "harness/record.h"
#include "harness/server_spec.h"

namespace sockmark {

// Starts a fresh server, verifies it, warms it up, puts the load on, samples
// what it uses, stops it. Never throws for what a server or a load tool does:
// that is in the record, with the reason. Returns early when `stop` is set.
TrialRecord run_trial(const PlannedTrial& trial, const ServerSpec& spec,
                      const Workload& workload, const CpuPlan& cpus,
                      const std::atomic<bool>& stop);

}  // namespace sockmark
