// Names by which trackers of benchmarks know a cell from run to run.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "harness/cells/cells.h"

namespace sockmark {

// The longest that Bencher takes.
inline constexpr std::size_t kLongestCellName = 1024;  // bytes

struct NamedCell {
  const WorkloadCells* group = nullptr;  // of the groups it was named from
  const Cell* cell = nullptr;
  // "epoll_lt/rate/connections:64/rate:2000"
  std::string name;
  // What it has beside server, workload and connections: {"rate", "2000"}.
  std::vector<std::pair<std::string, std::string>> factors;
};

// Every cell once, with a name that no other has, on one line and at most
// kLongestCellName long. What differs from the defaults (rate, body, work, idle
// connections, tool) is always in it, so that a cell has the same name in every
// run; the rest (kept alive, duration, warm-up) only where cells differ in
// nothing else. The groups have to outlive the result.
std::vector<NamedCell> named_cells(const std::vector<WorkloadCells>& groups);

// "/rate:2000/tool:wrk", or nothing.
std::string path_of_factors(const NamedCell& cell);

}  // namespace sockmark
