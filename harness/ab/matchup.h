// What of two sides is compared: the cells that both have. Pure.
#pragma once

#include <string>
#include <vector>

#include "harness/plan/experiment.h"
#include "harness/record/record.h"
#include "harness/server/server_spec.h"

namespace sockmark {

// A cell that only one side has.
struct LoneCell {
  std::string server;
  Workload workload;
};

struct Matchup {
  // The experiment with a workload plan for each cell: a server's two arms
  // under one workload by one tool. Its blocks are pairs then. All have the
  // rounds of the longest.
  Experiment experiment;
  std::vector<ServerSpec> servers;  // each as "poll@base" and as "poll@head"
  std::vector<LoneCell> missing;    // of base alone
  std::vector<LoneCell> fresh;      // of head alone
  std::vector<std::string> notes;   // what is left out, and what differs
};

// Servers are chosen by the experiment's names, or by those of a workload that
// has its own. For no names: a manifest's servers; of built-in models epoll_lt,
// which stands for the code that all share; of a list without it all but the
// flawed ones. Throws std::invalid_argument for a name that neither side knows,
// and for a precision that is asked for: how many rounds there are is decided
// otherwise here.
Matchup matched(const Experiment& experiment,
                const std::vector<ServerSpec>& base,
                const std::vector<ServerSpec>& head);

// Gives it the rounds that it takes at least to show anything of so many cells
// (harness/gate/looks.h), where it has fewer.
void raise_rounds(Matchup& matchup);

}  // namespace sockmark
