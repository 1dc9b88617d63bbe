// What a stored run says of its cells, in one metric. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/history/stored_run.h"
#include "harness/record/record.h"
#include "harness/statistics/stats.h"

namespace sockmark {

// What one run says of one cell.
struct CellMeasurement {
  std::string server;
  Workload workload;                    // its tool included
  std::optional<MedianInterval> value;  // of the usable trials
  std::string why_not;                  // if there is none
  std::optional<std::string> sha256;    // of the server, if all trials agree
};

struct MeasuredRun {
  StoredRunFacts facts;
  std::vector<CellMeasurement> cells;
};

// The cells of a run's trials that count.
std::vector<CellMeasurement> measure(const std::vector<TrialRecord>& trials,
                                     const std::string& metric);

}  // namespace sockmark
