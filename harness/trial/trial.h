// One trial: the only part of sockmark that runs servers and loads.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "harness/machine/cpus.h"
#include "harness/plan/plan.h"
#include "harness/record/record.h"
#include "harness/server/server_spec.h"

namespace sockmark {

// Starts a fresh server, verifies it, warms it up, puts the load on, reads what
// that costs, stops it. Never throws for what a server or a load tool does:
// that is in the record, with the reason. When `stop` is set it ends what it
// has started within a second and returns what it has, marked as interrupted.
TrialRecord run_trial(const PlannedTrial& trial, const ServerSpec& spec,
                      const CpuPlan& cpus, const std::atomic<bool>& stop);

// No trial takes longer, whatever server and load tool do: every wait in it is
// bounded, and this is the sum.
std::chrono::nanoseconds longest_trial(const ServerSpec& spec,
                                       const Workload& workload);

}  // namespace sockmark
