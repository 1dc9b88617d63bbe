// A run with all its records: environment.json, trials.jsonl, result.json.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "harness/plan/plan.h"
#include "harness/plan/setup.h"
#include "harness/process/interruption.h"
#include "harness/record/record.h"
#include "harness/record/results.h"
#include "harness/trial/run_result.h"

namespace sockmark {

// Asked when the plan has nothing more: whether it has now. May extend it.
using GoOn =
    std::function<bool(Plan& plan, const std::vector<TrialRecord>& trials)>;

struct RunRecording {
  RunOutcome outcome;
  std::vector<TrialRecord> trials;  // superseded ones included
};

// Runs what is left of the plan after `trials`, and writes the whole into the
// run's folder, of which `description` is the experiment.json. Ends early as
// soon as the interruption is noted, and says so in the outcome.
RunRecording record_run(RunFolder& folder, const RunSetup& setup,
                        const std::string& description, Plan& plan,
                        std::vector<TrialRecord> trials, bool quiet,
                        const Interruption& interruption,
                        const GoOn& go_on = nullptr);

}  // namespace sockmark
