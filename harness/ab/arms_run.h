// Two arms measured and compared, with all records.
#pragma once

#include <optional>
#include <string>

#include "harness/ab/arm_comparison.h"
#include "harness/ab/matchup.h"
#include "harness/gate/comparison.h"
#include "harness/plan/setup.h"
#include "harness/process/interruption.h"
#include "harness/record/results.h"
#include "harness/trial/run_result.h"

namespace sockmark {

struct ArmsRun {
  Matchup matchup;  // with at least one cell
  ComparedArms arms;
  RunSetup setup;           // of the matchup's experiment and servers
  std::string description;  // the text of experiment.json
  int looks = 2;            // or 1: what is open then stays open
};

// The setup that measures the matchup on this machine.
RunSetup setup_of(const Matchup& matchup);

// All looks; then result.json and comparison.json are in the folder. Nothing
// if it was interrupted: a part of a comparison would look like a whole one.
std::optional<Comparison> run_arms(const ArmsRun& run, RunFolder& folder,
                                   bool quiet,
                                   const Interruption& interruption);

// "gate: 3 cells, 10 pairs each: about 2m15s; as many again for cells that
// leave something open"
std::string summary_of(const Matchup& matchup);

// The same of sides whose servers are not known yet: "gate: 3 workloads, 10
// pairs of each server: about 1m58s for a server; ..."
std::string outlook_of(const Experiment& experiment);

}  // namespace sockmark
