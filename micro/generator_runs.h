// Load generators as processes: what they did and what they used.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "micro/contenders.h"

namespace sockmark {

struct Run {
  Account account;
  double cpu_seconds = 0;  // of the generator's whole life
  double peak_bytes = 0;   // of resident memory
};

// All that there is of one contender: a run per round. Fewer if it failed,
// and then it is not tried again.
struct Runs {
  const Contender* contender = nullptr;
  std::vector<Run> rounds;
  std::string failure;
};

// Starts a server of its own on one CPU and the contender on another. Throws
// std::runtime_error, with why, if either fails or the contender does not come
// to its end in time: it is killed then.
Run run_once(const Contender& contender, const Load& load);

// Each contender once per round, in an order drawn anew for each.
std::vector<Runs> run_rounds(const std::vector<Contender>& contenders,
                             const Load& load, int rounds);

// System calls that wait, send and receive, per request: as strace counts them
// in a run of its own. What strace slows down waits less often, so that
// loadgen's waits are those of `runs`. Throws as run_once().
double calls_per_request(const Runs& runs, Load load);

// loadgen's JSON from an open loop, even of a run that it calls invalid. Throws
// as run_once().
std::string run_open_loop(const std::string& engine,
                          const std::vector<std::string>& options,
                          std::chrono::seconds duration);

}  // namespace sockmark
