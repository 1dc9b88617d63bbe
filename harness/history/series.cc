#include "harness/history/series.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>
#include <utility>

namespace sockmark {
namespace {

// Where in `points` the values stand, as find_changes() counts them.
std::vector<std::size_t> places_of(const std::vector<SeriesPoint>& points) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].value) places.push_back(i);
  }
  return places;
}

std::optional<bool> same_binary(const SeriesPoint& a, const SeriesPoint& b) {
  if (!a.sha256 || !b.sha256) return std::nullopt;
  return *a.sha256 == *b.sha256;
}

void add_segments(const std::vector<double>& values,
                  const std::vector<ChangePoint>& points, Series& series) {
  const auto places = places_of(series.points);
  const auto boundaries = boundaries_of(points, values.size());
  for (std::size_t i = 0; i + 1 < boundaries.size(); ++i) {
    const std::size_t from = boundaries[i];
    const std::size_t size = boundaries[i + 1] - from;
    series.segments.push_back(
        {.first = places[from],
         .last = places[from + size - 1],
         .n = size,
         .median = *median(std::span(values).subspan(from, size))});
  }
  for (const ChangePoint& point : points) {
    Step step{.before = places[point.index - 1],
              .point = places[point.index],
              .ratio = point.ratio,
              .p = point.p,
              .same_binary = {}};
    step.same_binary =
        same_binary(series.points[step.before], series.points[step.point]);
    series.steps.push_back(step);
  }
}

// Of one level only. Nothing where runs are too few, or all but alike.
std::optional<ControlLimits> limits_of(std::span<const double> segment,
                                       std::size_t fewest) {
  constexpr double kToDeviation = 1.4826;  // of a normal distribution
  constexpr double kDeviations = 3;
  if (segment.size() < fewest) return std::nullopt;
  std::vector<double> logs, distances;
  for (const double value : segment) logs.push_back(std::log(value));
  const double centre = *median(logs);
  for (const double log : logs) distances.push_back(std::abs(log - centre));
  const double reach = kDeviations * kToDeviation * *median(distances);
  if (!(reach > 0)) return std::nullopt;
  return ControlLimits{.centre = std::exp(centre),
                       .low = std::exp(centre - reach),
                       .high = std::exp(centre + reach)};
}

void examine(Series& series, const ChangePointRules& rules) {
  const std::vector<double> values = series.values();
  const auto changes = find_changes(values, rules);
  if (!changes) {
    series.why_not_looked = fmt::format(
        "too few runs to look for change points: {} of {}", values.size(),
        std::max(rules.fewest_values, kFewestToSplit));
  }
  add_segments(values, changes ? changes->points : std::vector<ChangePoint>(),
               series);
  if (changes) series.drift = changes->drift;
  if (series.drift) return;  // no level, no limits to it
  series.limits = limits_of(std::span(values).last(series.segments.back().n),
                            rules.split.least_segment);
}

// Series of one workload stand together, in the order of their first.
void group_by_workload(std::vector<Series>& all) {
  std::vector<std::string> order;
  const auto place_of = [&order](const Series& series) {
    Workload workload = series.workload;
    workload.tool.clear();
    const std::string hash = hash_of(workload);
    const auto known = std::find(order.begin(), order.end(), hash);
    if (known == order.end()) order.push_back(hash);
    return std::find(order.begin(), order.end(), hash) - order.begin();
  };
  std::vector<std::pair<std::ptrdiff_t, Series>> placed;
  for (Series& series : all) {
    const auto place = place_of(series);
    placed.emplace_back(place, std::move(series));
  }
  std::stable_sort(
      placed.begin(), placed.end(),
      [](const auto& a, const auto& b) { return a.first < b.first; });
  all.clear();
  for (auto& [place, series] : placed) all.push_back(std::move(series));
}

// Without figures in any run there is nothing to draw.
std::vector<std::string> take_out_empty(std::vector<Series>& all) {
  std::vector<std::string> taken;
  std::erase_if(all, [&taken](const Series& series) {
    if (!series.values().empty()) return false;
    taken.push_back(fmt::format("{}/{} ({}): {}", series.workload.name,
                                series.server, series.workload.tool,
                                series.points.back().why_not));
    return true;
  });
  return taken;
}

}  // namespace

const SeriesPoint& Series::latest() const {
  return points[segments.back().last];
}

std::vector<double> Series::values() const {
  std::vector<double> all;
  for (const SeriesPoint& point : points) {
    if (point.value) all.push_back(point.value->median);
  }
  return all;
}

bool Series::latest_is_outside() const {
  if (!limits) return false;
  const double value = latest().value->median;
  return value < limits->low || value > limits->high;
}

History history_of(std::vector<MeasuredRun> runs, const Metric& metric,
                   const ChangePointRules& rules) {
  std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
    return std::tie(a.facts.date, a.facts.name) <
           std::tie(b.facts.date, b.facts.name);
  });
  History history{.metric = metric, .rules = rules};
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (std::size_t at = runs.size(); at-- > 0;) {
    for (const CellMeasurement& cell : runs[at].cells) {
      const auto [place, is_new] = places.try_emplace(
          {cell.server, hash_of(cell.workload)}, history.series.size());
      if (is_new) {
        history.series.push_back(
            {.server = cell.server, .workload = cell.workload});
      }
      history.series[place->second].points.push_back({.run = at,
                                                      .value = cell.value,
                                                      .why_not = cell.why_not,
                                                      .sha256 = cell.sha256});
    }
  }
  for (MeasuredRun& run : runs) history.runs.push_back(std::move(run.facts));
  for (Series& series : history.series) {
    std::reverse(series.points.begin(), series.points.end());
  }
  history.without_figures = take_out_empty(history.series);
  group_by_workload(history.series);
  for (Series& series : history.series) examine(series, rules);
  return history;
}

}  // namespace sockmark
