#include "harness/charts/chart_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/cells/drift.h"
#include "harness/cells/notes.h"
#include "harness/charts/line_chart.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kMostColours = 6;  // the rest of the workloads share one

std::size_t style_of(std::vector<std::string>& styles,
                     const std::string& workload) {
  const auto known = std::find(styles.begin(), styles.end(), workload);
  if (known != styles.end()) {
    return static_cast<std::size_t>(known - styles.begin());
  }
  if (styles.size() == kMostColours) return kMostColours - 1;
  styles.push_back(workload);
  return styles.size() - 1;
}

// Around 100 %: as far as all but the farthest points reach.
Axis percent_axis(const std::vector<DriftPoint>& points) {
  constexpr double kNearest = 0.05;
  constexpr double kFarthest = 0.5;
  double reach = kNearest;
  for (const DriftPoint& point : points) {
    reach = std::max(reach, std::abs(point.relative - 1));
  }
  reach = 100 * std::min(reach * 1.1, kFarthest);
  Axis axis{.label = "% of the cell's median",
            .least = 100 - reach,
            .most = 100 + reach};
  const double step = reach > 40 ? 20 : reach > 20 ? 10 : reach > 8 ? 5 : 2;
  const int steps = static_cast<int>(reach / step);
  for (int i = -steps; i <= steps; ++i) {
    const double at = 100 + i * step;
    axis.ticks.push_back({at, fmt::format("{:.0f} %", at)});
  }
  return axis;
}

// A line of one point each: nothing joins trials of different cells. What lies
// beyond the axis is drawn at its edge.
void add_points(LineChart& chart, const std::vector<DriftPoint>& points) {
  for (const DriftPoint& point : points) {
    const double y =
        std::clamp(100 * point.relative, chart.y.least, chart.y.most);
    chart.lines.push_back(
        {.style = style_of(chart.styles, point.workload),
         .label = point.server,
         .points = {
             {.x = static_cast<double>(point.position),
              .y = y,
              .n = 1,
              .mark = point.suspect ? PointMark::suspect : PointMark::valid}}});
  }
}

void add_trend(LineChart& chart, const std::vector<DriftPoint>& points) {
  Line line{.style = chart.styles.size(), .label = "running median"};
  chart.styles.emplace_back("running median");
  const std::vector<double> medians = smoothed(points);
  for (std::size_t i = 0; i < medians.size(); ++i) {
    line.points.push_back({.x = static_cast<double>(points[i].position),
                           .y = 100 * medians[i],
                           .mark = PointMark::none});
  }
  chart.lines.push_back(std::move(line));
}

std::string verdict_on(const std::vector<DriftPoint>& points) {
  const auto trend = trend_of(points);
  if (!trend) return "Too few trials to tell whether the run drifted.";
  const std::string change = fmt::format(
      "the last third of the trials is {:.1f} % {} the first",
      100 * std::abs(trend->change), trend->change < 0 ? "below" : "above");
  if (!is_drift(*trend)) {
    return fmt::format("No drift seen (Mann and Kendall's z = {:.1f}): {}.",
                       trend->z, change);
  }
  return fmt::format("The run DRIFTED (Mann and Kendall's z = {:.1f}): {}.",
                     trend->z, change);
}

}  // namespace

std::optional<Chart> order_chart(const std::vector<WorkloadCells>& groups,
                                 const std::string& provenance) {
  const std::vector<DriftPoint> points = drift_points(groups);
  if (points.size() < 2) return std::nullopt;
  LineChart chart;
  chart.name = "order";
  chart.title = "Throughput in the order of the run";
  chart.subtitle = "Closed loops: each trial against its cell's median";
  chart.x = linear_axis("position in the run",
                        static_cast<double>(points.size()) / 1.04);
  chart.y = percent_axis(points);
  chart.panels = {verdict_on(points)};
  add_points(chart, points);
  add_trend(chart, points);
  chart.notes = {
      note_on_intervals(groups),
      "A point is a trial (n = 1, no interval); hollow: suspect. Failed and "
      "invalid trials have no place here. Line: the median of the trials "
      "around."};
  if (!provenance.empty()) chart.notes.push_back(provenance);
  return to_chart(chart);
}

}  // namespace sockmark
