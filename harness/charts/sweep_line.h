// The lines of a sweep's charts: a server's figure at each value of the factor.
// Internal to the chart files.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/cells/sweeps.h"
#include "harness/charts/line_chart.h"

namespace sockmark {

// A server's cells at the sweep's points; null where it was not run.
struct SweepServer {
  std::string label;  // with its tool where there are several
  std::vector<const Cell*> cells;
};

// In the order of the middle point.
std::vector<SweepServer> servers_of(const Sweep& sweep);

// One line in a panel.
struct SweepFigure {
  std::string name;  // for the legend; empty: it is the only one
  std::function<std::optional<MedianInterval>(const Workload&, const Cell&)>
      figure;
};

// The server's line, with a gap where it has no figures. `divisor` is from the
// record's unit to the chart's.
Line line_of(const Sweep& sweep, const SweepServer& server,
             const SweepFigure& figure, double divisor);

// Fewer requests per second than this share of the offered ones: not achieved.
inline constexpr double kAchieved = 0.99;

// What the marks that occur mean, and why servers have gaps.
std::vector<std::string> notes_on_lines(const Sweep& sweep,
                                        const std::vector<Line>& lines);

}  // namespace sockmark
