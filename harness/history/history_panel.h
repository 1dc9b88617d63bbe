// One cell's panel of a history's chart. Internal to history_chart.cc. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/charts/axis.h"
#include "harness/history/series.h"

namespace sockmark {

// How a run is drawn: as a dot; as a ring, outside of the control limits; as a
// triangle at the edge that it lies beyond; as a cross at the foot, without a
// figure.
enum class RunMark { in, out, above, below, gap };

struct PanelPoint {
  double x = 0;  // the run, from 1
  double y = 0, low = 0, high = 0;
  std::size_t n = 0;  // trials
  RunMark mark = RunMark::in;
};

// From `y` to `end`, which is the same but where the level drifts.
struct PanelLine {
  double from = 0, to = 0;
  double y = 0, end = 0;
};

struct PanelChange {
  double x = 0;  // between two runs
  std::string text;
  std::size_t row = 0;  // so that texts do not overlap
};

struct HistoryPanel {
  std::string title;
  std::string verdict;
  Axis y;
  std::vector<PanelPoint> points;
  std::vector<PanelLine> medians;  // of the segments
  std::vector<PanelLine> limits;   // two, or none
  std::vector<PanelChange> changes;

  std::size_t rows() const;  // of texts
};

// Figures in the unit of the history's scale.
HistoryPanel panel_of(const Series& series, const History& history);

}  // namespace sockmark
