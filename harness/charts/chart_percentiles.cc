#include "harness/charts/chart_percentiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/cells/notes.h"
#include "harness/cells/percentiles.h"
#include "harness/charts/chart_rows.h"
#include "harness/charts/line_chart.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr double kNsPerMs = 1e6;

// Of how many trials and values the curves are.
struct Extent {
  std::size_t trials = 0;
  std::uint64_t fewest = 0;
  std::uint64_t most = 0;
};

Line curve_of(const CellHistogram& histogram) {
  Line line;
  for (const Quantile& quantile : quantiles_of(histogram)) {
    line.points.push_back({.x = quantile.beyond,
                           .y = quantile.ns / kNsPerMs,
                           .n = histogram.trials,
                           .mark = PointMark::none});
  }
  return line;
}

// "0 %", "90 %", "99 %": where one in 1, 10, 100 are beyond.
Axis percent_axis(double most) {
  Axis axis{.label = "percentile, logarithmic in the share beyond it",
            .is_log = true,
            .least = 1,
            .most = std::max(most, 10.0),
            .ticks = {{1, "0 %"}}};
  const int most_nines = static_cast<int>(std::log10(axis.most * 1.001));
  for (int nines = 1; nines <= most_nines; ++nines) {
    const std::string text = nines == 1 ? "90 %"
                             : nines == 2
                                 ? "99 %"
                                 : fmt::format("99.{:9>{}} %", "", nines - 2);
    axis.ticks.push_back({std::pow(10, nines), text});
  }
  return axis;
}

// From 0, unless a few servers' worst would press the rest to the ground.
Axis latency_axis(const std::vector<Line>& lines) {
  constexpr double kTooFar = 8;
  std::vector<double> tops;
  double least = 0;
  for (const Line& line : lines) {
    double top = 0;
    for (const LinePoint& point : line.points) {
      const double y = point.y.value_or(0);
      top = std::max(top, y);
      if (y > 0) least = least == 0 ? y : std::min(least, y);
    }
    if (top > 0) tops.push_back(top);
  }
  if (tops.empty()) return linear_axis("ms", 1);
  std::sort(tops.begin(), tops.end());
  if (tops.back() <= kTooFar * tops[tops.size() / 2]) {
    return linear_axis("ms", tops.back());
  }
  return log_axis("ms, logarithmic", least, tops.back());
}

void add_notes(LineChart& chart, const WorkloadCells& group,
               const Extent& extent, const std::string& provenance) {
  chart.notes = {fmt::format(
      "All usable rounds of a server together: up to n = {} rounds, {} to {} "
      "requests each. As far as 20 of them lie beyond. No interval: the bar "
      "chart of latency has those of p50 and p99.",
      extent.trials, format_count(static_cast<double>(extent.fewest)),
      format_count(static_cast<double>(extent.most)))};
  if (const std::string note = note_on_latency(group.workload); !note.empty()) {
    chart.notes.insert(chart.notes.begin(), note);
  }
  for (std::string& note : notes_on_cells({group})) {
    chart.notes.push_back(std::move(note));
  }
  chart.notes.emplace_back("Grey: all the other servers.");
  if (!provenance.empty()) chart.notes.push_back(provenance);
}

}  // namespace

std::optional<Chart> percentiles_chart(const WorkloadCells& group,
                                       const std::string& provenance) {
  LineChart chart;
  const bool with_tool = has_several_tools({group});
  Extent extent;
  double most = 1;
  for (const Cell& cell : group.cells) {
    Line line;
    if (const auto histogram = histogram_of(cell)) {
      line = curve_of(*histogram);
      extent.trials = std::max(extent.trials, histogram->trials);
      extent.most = std::max(extent.most, histogram->values);
      extent.fewest = extent.fewest == 0
                          ? histogram->values
                          : std::min(extent.fewest, histogram->values);
      most = std::max(most, line.points.back().x);
    } else {
      line.points.push_back({.x = 1,
                             .mark = PointMark::gap,
                             .text = cell.usable > 0 ? "no histogram"
                                     : cell.left_out.empty()
                                         ? "not known"
                                         : cell.left_out.front().kind});
    }
    line.panel = chart.panels.size();
    line.label = cell.server;
    chart.panels.push_back(label_of(cell, with_tool));
    chart.lines.push_back(std::move(line));
  }
  if (extent.trials == 0) return std::nullopt;
  chart.name = "percentiles-" + file_name(group.workload.name);
  chart.title = "Latency by percentile";
  chart.subtitle = describe(group.workload);
  chart.x = percent_axis(most);
  chart.y = latency_axis(chart.lines);
  chart.styles = {""};
  chart.background = 0;
  add_notes(chart, group, extent, provenance);
  return to_chart(chart);
}

}  // namespace sockmark
