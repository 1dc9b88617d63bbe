// result.json: a whole run in one object.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/plan/plan.h"
#include "harness/record/record.h"

namespace sockmark {

// How a run ended, beside its trials.
struct RunOutcome {
  std::string ended;       // as to_string(PlanEnd), or "interrupted"
  int interrupted_by = 0;  // a signal; 0: none
  int reruns = 0;          // of disturbed blocks
  std::vector<DisturbedBlock> disturbed = {};  // that stayed so
  bool ignores_noise = false;                  // they are no failure
  std::vector<WideCell> wide = {};  // than the precision that was asked for
};

// `setup` and `environment` are the texts of experiment.json and
// environment.json. The trials are those that were recorded, superseded ones
// included.
std::string describe_result(const std::string& run, const RunOutcome& outcome,
                            const std::string& setup,
                            const std::string& environment,
                            const std::vector<TrialRecord>& trials);

// What of the time that all trials took was measured: 0 to 1. Nothing where no
// trial says how long it took.
std::optional<double> measured_share(const std::vector<TrialRecord>& trials);

// What a reader has to know of a run beside its table, a line each.
std::vector<std::string> notes_on_run(const RunOutcome& outcome,
                                      std::optional<double> precision);

// What sockmark exits with. `trials` are those that count: see attempts.h. A
// server that failed is told before an environment that is too noisy; one that
// the kernel cannot run is neither.
int exit_status_of(const RunOutcome& outcome,
                   const std::vector<TrialRecord>& trials);

}  // namespace sockmark
