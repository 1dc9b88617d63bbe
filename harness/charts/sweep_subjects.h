// What is drawn against each thing that can be varied.
// Internal to the chart files.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/cells/sweeps.h"
#include "harness/charts/sweep_line.h"

namespace sockmark {

// What a chart of a sweep shows.
struct Subject {
  std::string name;  // "throughput"
  std::string title;
  std::string unit;
  double divisor = 1;
  bool is_log = false;
  std::vector<SweepFigure> figures;
  std::optional<std::size_t> background = {};
};

struct Against {
  std::string title;
  std::string axis;
  std::vector<Subject> subjects;
};

Against against(Factor factor);

}  // namespace sockmark
