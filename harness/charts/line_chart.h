// A chart of lines in small panels, one beside the other, all on the same axes.
// plots/lines.gp draws it.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/charts/axis.h"
#include "harness/charts/chart.h"

namespace sockmark {

// How a point is drawn: filled, hollow, as a square, as a cross at the foot of
// the panel, or not at all but for the line through it.
enum class PointMark { valid, suspect, missed, gap, none };

struct LinePoint {
  double x = 0;
  std::optional<double> y = {};
  std::optional<double> low = {}, high = {};  // no interval: no whisker
  std::size_t n = 0;                          // how many trials it is of
  PointMark mark = PointMark::valid;
  std::string text = {};  // of a gap: why, in a word
};

struct Line {
  std::size_t panel = 0;
  std::size_t style = 0;   // its colour and shape; an index of `styles`
  std::string label = {};  // what it is of
  std::vector<LinePoint> points = {};
};

struct LineChart {
  std::string name;
  std::string title;
  std::string subtitle;
  Axis x, y;
  std::vector<std::string> panels;  // a title each
  std::vector<std::string> styles;  // what a colour stands for
  std::vector<Line> lines;
  // The style whose lines are in every panel, in pale grey; none: no style.
  std::optional<std::size_t> background;
  std::vector<std::string> notes;  // a paragraph each
};

Chart to_chart(const LineChart& chart);

}  // namespace sockmark
