// How far load tools disagree on the same servers under the same workload, and
// what is known of the reasons.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/cells/cells.h"
#include "harness/statistics/stats.h"

namespace sockmark {

// One tool's figures over loadgen's, on one server, paired by round. Absent
// where no round has both.
struct Disagreement {
  std::string server;
  std::string tool;
  std::optional<MedianInterval> requests_per_second;
  std::optional<MedianInterval> p50;
  std::optional<MedianInterval> p99;
};

// Of every server that loadgen and another tool measured, in the order of the
// cells.
std::vector<Disagreement> disagreements(const WorkloadCells& group);

// A note per tool: "wrk over loadgen, by round: epoll_lt req/s 0.98 [0.95,
// 1.01], p50 0.91, ...", and why that may be. None if loadgen or any other was
// not there.
std::vector<std::string> notes_on_tools(const WorkloadCells& group);

}  // namespace sockmark
