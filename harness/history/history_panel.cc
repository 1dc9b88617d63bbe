#include "harness/history/history_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/cells/cells.h"
#include "harness/history/history_words.h"
#include "harness/history/text_rows.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

// Of the figures that are drawn where they belong.
struct Reach {
  double low = 0, high = 0;
};

// As far from the segments' medians as all but outliers are.
Reach reach_of(const Series& series) {
  constexpr double kLeast = 1.25;
  constexpr double kDeviations = 6;
  constexpr double kToDeviation = 1.4826;
  std::vector<double> distances;
  Reach reach{.low = series.segments.front().median, .high = 0};
  for (const Segment& segment : series.segments) {
    reach.low = std::min(reach.low, segment.median);
    reach.high = std::max(reach.high, segment.median);
    for (std::size_t i = segment.first; i <= segment.last; ++i) {
      const auto& value = series.points[i].value;
      if (!value) continue;
      distances.push_back(std::abs(std::log(value->median / segment.median)));
    }
  }
  const double factor = std::max(
      kLeast, std::exp(kDeviations * kToDeviation * *median(distances)));
  return {.low = reach.low / factor, .high = reach.high * factor};
}

PanelPoint point_of(const SeriesPoint& point, const Series& series,
                    const Reach& reach, double divisor) {
  PanelPoint drawn{.x = static_cast<double>(point.run + 1)};
  if (!point.value) {
    drawn.mark = RunMark::gap;
    return drawn;
  }
  const MedianInterval& value = *point.value;
  drawn.n = value.n;
  const double y = std::clamp(value.median, reach.low, reach.high);
  drawn.y = y / divisor;
  drawn.low = drawn.high = drawn.y;
  if (y != value.median) {
    drawn.mark = y < value.median ? RunMark::above : RunMark::below;
    return drawn;
  }
  if (value.has_interval()) {
    drawn.low = std::max(value.low, reach.low) / divisor;
    drawn.high = std::min(value.high, reach.high) / divisor;
  }
  const bool is_current =
      point.run >= series.points[series.segments.back().first].run;
  if (is_current && series.limits &&
      (y < series.limits->low || y > series.limits->high)) {
    drawn.mark = RunMark::out;
  }
  return drawn;
}

PanelLine line_over(const Segment& segment, const Series& series, double y) {
  constexpr double kHalf = 0.5;  // to the left and right of its runs
  return {
      .from = static_cast<double>(series.points[segment.first].run + 1) - kHalf,
      .to = static_cast<double>(series.points[segment.last].run + 1) + kHalf,
      .y = y,
      .end = y};
}

// The segment's median, in the middle of its runs.
PanelLine level_of(const Segment& segment, const Series& series,
                   double divisor) {
  PanelLine line = line_over(segment, series, segment.median / divisor);
  if (!series.drift) return line;
  const double per_run = std::log(series.drift->ratio) /
                         static_cast<double>(series.values().size() - 1);
  const double half = std::exp(per_run * static_cast<double>(segment.n) / 2);
  line.end = line.y * half;
  line.y /= half;
  return line;
}

std::vector<PanelChange> changes_of(const Series& series,
                                    const History& history) {
  // Of the texts' size, over the panel's width.
  constexpr std::size_t kCharacters = 190;
  const auto runs = static_cast<double>(history.runs.size());
  std::vector<PanelChange> changes;
  for (const Step& step : series.steps) {
    const std::size_t before = series.points[step.before].run;
    const std::size_t after = series.points[step.point].run;
    changes.push_back(
        {.x = static_cast<double>(before + after) / 2 + 1,
         .text = fmt::format("{} {}{}", commit_of(history.runs[after]),
                             step.ratio < 1 ? "−" : "+",
                             format_percent(std::abs(step.ratio - 1)))});
  }
  std::vector<PlacedText> texts;
  for (const PanelChange& change : changes) {
    texts.push_back({.begin = change.x / runs, .text = change.text});
  }
  const auto rows = rows_of(texts, kCharacters);
  for (std::size_t i = 0; i < rows.size(); ++i) changes[i].row = rows[i];
  return changes;
}

std::string verdict_on(const Series& series, const History& history) {
  const Better better = history.metric.better;
  std::vector<std::string> parts;
  if (!series.why_not_looked.empty()) parts.push_back(series.why_not_looked);
  if (!series.steps.empty()) {
    parts.push_back("last change: " +
                    change_in_words(series.steps.back().ratio, better));
  } else if (series.why_not_looked.empty()) {
    parts.push_back("no change point in " +
                    count_of(series.values().size(), "run"));
  }
  if (series.drift) {
    parts.push_back("DRIFTS: " + change_in_words(series.drift->ratio, better));
  }
  if (series.latest_is_outside()) {
    parts.emplace_back("latest outside of the limits");
  }
  return join(parts, " · ");
}

// Of all that is drawn, and never so narrow that noise fills the panel.
Axis axis_of(const HistoryPanel& panel, const std::string& unit) {
  constexpr double kLeastRange = 0.1;  // of the last median
  double least = panel.medians.front().y;
  double most = least;
  const auto include = [&](double y) {
    least = std::min(least, y);
    most = std::max(most, y);
  };
  for (const PanelPoint& point : panel.points) {
    if (point.mark == RunMark::gap) continue;
    include(point.low);
    include(point.high);
  }
  for (const PanelLine& line : panel.medians) include(line.y);
  for (const PanelLine& line : panel.limits) include(line.y);
  const double range = kLeastRange * panel.medians.back().y;
  const double lacking = std::max(0.0, range - (most - least)) / 2;
  Axis axis = range_axis(unit, least - lacking, most + lacking);
  axis.least = std::max(0.0, axis.least);
  return axis;
}

}  // namespace

std::size_t HistoryPanel::rows() const {
  std::size_t rows = 0;
  for (const PanelChange& change : changes) {
    rows = std::max(rows, change.row + 1);
  }
  return rows;
}

HistoryPanel panel_of(const Series& series, const History& history) {
  const Scale scale = scale_of(history);
  const Reach reach = reach_of(series);
  Workload workload = series.workload;
  workload.tool.clear();
  HistoryPanel panel{
      .title = label_of(series, history) + " · " + describe(workload),
      .verdict = verdict_on(series, history),
      .y = {},
      .points = {},
      .medians = {},
      .limits = {},
      .changes = changes_of(series, history)};
  for (const SeriesPoint& point : series.points) {
    panel.points.push_back(point_of(point, series, reach, scale.divisor));
  }
  for (const Segment& segment : series.segments) {
    panel.medians.push_back(level_of(segment, series, scale.divisor));
  }
  if (series.limits) {
    for (const double y : {series.limits->low, series.limits->high}) {
      panel.limits.push_back(
          line_over(series.segments.back(), series, y / scale.divisor));
    }
  }
  panel.y = axis_of(panel, scale.unit);
  return panel;
}

}  // namespace sockmark
