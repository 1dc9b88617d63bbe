// The gates of a self-check, run one after the other.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/ab/selfcheck.h"
#include "harness/plan/experiment.h"
#include "harness/process/interruption.h"
#include "harness/server/server_spec.h"

namespace sockmark {

struct SelfcheckPlan {
  ServerSpec server;             // one of ours: it is told what work to do
  Experiment experiment;         // of one workload
  int gates = 5;                 // against itself, and as many slowed
  double slowdown = 0.10;        // of those, in CPU per request
  std::filesystem::path folder;  // to be made; a run's folder in it per gate
  bool quiet = false;
};

// Nothing if it was interrupted. Throws as a run does.
std::optional<Selfcheck> run_selfcheck(const SelfcheckPlan& plan,
                                       const Interruption& interruption);

}  // namespace sockmark
