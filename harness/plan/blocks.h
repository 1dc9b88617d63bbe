// The rounds of a run, their blocks, and the order in each. Pure.
//
// A round has a block for each workload, and a block has all servers and tools:
// what is compared is measured close together, and what drifts on the machine
// meets all alike. Blocks are shuffled in their round, trials in their block;
// two that stand alone in a block take turns instead, so that either is first
// in half of the rounds. The seed alone decides the order, on every machine.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "harness/plan/experiment.h"

namespace sockmark {

// The servers that take part in each of the experiment's workloads.
using Lineup = std::vector<std::vector<std::size_t>>;

struct Entrant {
  std::size_t server = 0;
  std::string tool;

  bool operator==(const Entrant&) const = default;
};

struct Block {
  int round = 0;
  std::size_t workload = 0;  // index
  std::vector<Entrant> entrants;
};

// Those of the experiment's own rounds; none after the last. Workloads that no
// server takes part in have none.
std::vector<Block> blocks_of(const Experiment& experiment, const Lineup& lineup,
                             int round);

// All servers under a workload by all its tools, in no particular order.
std::vector<Entrant> entrants_of(const WorkloadPlan& plan,
                                 const std::vector<std::size_t>& servers);

// The order for an attempt at a block, and for the blocks of a round. Of two
// entrants one is first in round 2k and the other in round 2k + 1, at every
// attempt: the last attempts are what counts.
std::vector<Entrant> shuffled(const Block& block, std::uint64_t seed,
                              int attempt);
std::vector<Block> shuffled(std::vector<Block> blocks, std::uint64_t seed);

// How long a trial takes: load, warm-up, and a little for starting the server,
// opening idle connections and stopping it all.
std::chrono::nanoseconds expected_duration(const Workload& workload);
std::chrono::nanoseconds expected_duration(const Experiment& experiment,
                                           const std::vector<Block>& blocks);

}  // namespace sockmark
