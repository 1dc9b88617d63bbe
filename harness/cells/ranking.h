// Which of a workload's servers the data can tell apart.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/cells/cells.h"

namespace sockmark {

// Servers in sets, best first, of each load tool by itself. A server joins the
// set of the one before it unless it differs from the set's first: unless the
// interval of their ratios, round by round, leaves out 1.
struct Ranking {
  // Of each of the group's cells, in their order: how many are before its set,
  // and one. None for a cell without the figure or a server with known flaws.
  std::vector<std::optional<std::size_t>> ranks;
  std::map<std::string, std::size_t> sets;  // how many, by the tool

  // Of all intervals that were looked at; 0 where a pair had none.
  double least_coverage = 1;
  double most_coverage = 0;
  std::size_t most_rounds = 0;  // that some cell has figures of
};

// By throughput; at a rate that is the same for all, by the 99th percentile.
// The cells have to be in that order, as group_cells() gives them.
Ranking rank_cells(const WorkloadCells& group);

// What the ranks stand for, in a sentence or two; empty where nothing has one.
std::string note_on_ranks(const Ranking& ranking);

}  // namespace sockmark
