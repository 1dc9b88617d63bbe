// A whole run: plan → trial → record, one after the other.
#pragma once

#include <atomic>
#include <vector>

#include "harness/machine/cpus.h"
#include "harness/plan/plan.h"
#include "harness/record/record.h"
#include "harness/record/results.h"
#include "harness/server/server_spec.h"

namespace sockmark {

// Runs what the plan has next until it has nothing more or `stop` is set, and
// records every trial as soon as it ends. A trial that fails is a record, and
// the rest goes on. One that `stop` cut short is marked as interrupted.
// Returns the records.
std::vector<TrialRecord> run_plan(Plan& plan,
                                  const std::vector<ServerSpec>& servers,
                                  const CpuPlan& cpus, RunFolder& folder,
                                  bool quiet, const std::atomic<bool>& stop);

}  // namespace sockmark
