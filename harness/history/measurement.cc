#include "harness/history/measurement.h"

#include <utility>

#include "harness/cells/cells.h"
#include "harness/cells/notes.h"
#include "harness/record/metric.h"

namespace sockmark {
namespace {

std::optional<std::string> binary_of(const Cell& cell) {
  std::optional<std::string> sha256;
  for (const TrialRecord& trial : cell.trials) {
    if (!is_usable(trial)) continue;
    if (!trial.server.sha256) return std::nullopt;
    if (sha256 && sha256 != trial.server.sha256) return std::nullopt;
    sha256 = trial.server.sha256;
  }
  return sha256;
}

CellMeasurement measure_cell(const Cell& cell, Workload workload,
                             const std::string& metric) {
  workload.tool = cell.tool;
  CellMeasurement measured{.server = cell.server,
                           .workload = std::move(workload),
                           .value = {},
                           .why_not = {},
                           .sha256 = binary_of(cell)};
  std::vector<double> values;
  for (const TrialRecord& trial : cell.trials) {
    if (!is_usable(trial)) continue;
    const auto value = value_of(metric, trial);
    if (value) values.push_back(*value);
  }
  const auto interval = median_interval(values);
  if (interval && interval->median > 0) {
    measured.value = interval;
  } else if (interval) {
    measured.why_not = "it was 0, and nothing has a ratio to that";
  } else {
    measured.why_not =
        cell.usable == 0 ? why_left_out(cell) : "its trials do not say";
  }
  return measured;
}

}  // namespace

std::vector<CellMeasurement> measure(const std::vector<TrialRecord>& trials,
                                     const std::string& metric) {
  std::vector<CellMeasurement> all;
  for (const WorkloadCells& group : group_cells(trials)) {
    for (const Cell& cell : group.cells) {
      all.push_back(measure_cell(cell, group.workload, metric));
    }
  }
  return all;
}

}  // namespace sockmark
