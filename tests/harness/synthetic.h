// Trials that nobody ran, for the tests of what is reported of trials.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/record/record.h"

namespace sockmark {

struct Figures {
  double requests_per_second = 10'000;
  double p50_ns = 1e6;
  double p99_ns = 5e6;
  double cpu_ns_per_request = 20e3;
  std::uint64_t errors = 0;
  int connections_served = 64;
};

// In the load generator's format.
LoadResult synthetic_load(const Figures& figures);

TrialRecord synthetic_trial(const std::string& server, const Figures& figures);
TrialRecord failed_trial(const std::string& server, TrialStatus status,
                         const std::string& error);

// Nine models, `short` and `long`, six rounds, with plausible figures: `fork`
// crashes in `long`, `poll` is suspect in `short` twice, `thread` has one
// invalid trial in `long`, `prefork` starves connections there. The same on
// every machine.
std::vector<TrialRecord> sample_run();

}  // namespace sockmark
