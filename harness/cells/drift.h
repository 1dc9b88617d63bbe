// Whether the figures of a run moved with time: every trial against its cell's
// median, in the order they were run.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/cells/cells.h"

namespace sockmark {

struct DriftPoint {
  std::size_t position = 0;  // in the order of the run, from 1
  std::string server;
  std::string workload;
  double relative = 1;  // requests per second over the cell's median
  bool suspect = false;
};

// The usable trials of closed loops, in the order they were run. A rate that is
// given cannot drift. Cells of one trial are left out: they are their median.
std::vector<DriftPoint> drift_points(const std::vector<WorkloadCells>& groups);

// The running median: of each point, the median of those around it.
std::vector<double> smoothed(const std::vector<DriftPoint>& points);

struct Trend {
  double change = 0;  // of the median, from the first third to the last third
  double z = 0;       // of Mann and Kendall's test: how far from no trend
};

// Mann, Nonparametric Tests Against Trend, Econometrica 13 (1945), with the
// correction for ties. None of fewer than ten points, which tell nothing.
std::optional<Trend> trend_of(const std::vector<DriftPoint>& points);

// By chance alone, one run in a hundred has such a trend.
bool is_drift(const Trend& trend);

}  // namespace sockmark
