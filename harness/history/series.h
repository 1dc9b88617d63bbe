// A cell's figures over stored runs, and what became of them. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/history/change_points.h"
#include "harness/history/measurement.h"
#include "harness/record/metric.h"

namespace sockmark {

struct SeriesPoint {
  std::size_t run = 0;  // an index of History::runs
  std::optional<MedianInterval> value = {};
  std::string why_not = {};
  std::optional<std::string> sha256 = {};
};

// Between two change points. Indices are of Series::points.
struct Segment {
  std::size_t first = 0, last = 0;  // with a figure
  std::size_t n = 0;                // runs with a figure
  double median = 0;
};

// The level changed: `before` is the last point of the old one and `point` the
// first of the new one.
struct Step {
  std::size_t before = 0, point = 0;
  double ratio = 1;  // of the medians, after / before; without the drift
  double p = 1;
  // The server's program is the same on both sides: then it was not its code.
  std::optional<bool> same_binary = {};
};

// Median and three robust standard deviations (1.4826 MAD) of the logarithms:
// where runs of the current segment are expected.
struct ControlLimits {
  double centre = 0, low = 0, high = 0;
};

struct Series {
  std::string server;
  Workload workload = {};  // its tool included
  // Oldest first; one at least has a value.
  std::vector<SeriesPoint> points = {};
  std::vector<Segment> segments = {};  // one, where nothing was looked for
  std::vector<Step> steps = {};
  std::optional<Drift> drift = {};
  std::string why_not_looked = {};  // for change points; empty: it was
  std::optional<ControlLimits> limits = {};

  const SeriesPoint& latest() const;  // with a value
  std::vector<double> values() const;
  bool latest_is_outside() const;  // of the limits
};

struct History {
  Metric metric;
  ChangePointRules rules = {};
  std::vector<StoredRunFacts> runs = {};  // oldest first
  std::vector<Series> series = {};  // by workload, then as in the newest run
  // Cells without a figure in any run: "long/fork (loadgen): crashed".
  std::vector<std::string> without_figures = {};
};

// `runs` in any order.
History history_of(std::vector<MeasuredRun> runs, const Metric& metric,
                   const ChangePointRules& rules);

}  // namespace sockmark
