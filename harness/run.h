// A whole run: plan → trial → record, one after the other.
#pragma once

#include <atomic>
#include <vector>

#include "harness/experiment.h"
#include "harness/model.h"
#include "harness/record.h"
#include "harness/results.h"

namespace sockmark {

// Runs the experiment and records every trial as soon as it ends; result.json
// and environment.json stand in `folder` at the end. A trial that fails is a
// record, and the rest goes on. Ends early, with what there is, when `stop` is
// set.
std::vector<TrialRecord> run_experiment(const Experiment& experiment,
                                        const std::vector<ServerSpec>& models,
                                        RunFolder& folder, bool quiet,
                                        const std::atomic<bool>& stop);

}  // namespace sockmark
