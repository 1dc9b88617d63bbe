#include "harness/history/change_points.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>

#include "harness/history/level_fit.h"
#include "harness/statistics/mann_kendall.h"
#include "harness/statistics/rank_sum.h"
#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

using Values = std::span<const double>;  // logarithms

// The splits of a part, in order; it begins at `offset` of the whole.
void split(Values part, std::size_t offset, const ChangePointRules& rules,
           Splits& found) {
  const Levels levels = levels_of(part);
  const auto best = best_split(levels, rules.split);
  if (!best) return;
  // If none of so many does as well, one of one more is less than p.
  const int permutations = static_cast<int>(std::ceil(1 / rules.p));
  if (chance_does_as_well(levels, rules.split, best->energy, permutations,
                          rules.seed)) {
    return;
  }
  split(part.first(best->index), offset, rules, found);
  found.push_back(offset + best->index);
  split(part.subspan(best->index), offset + best->index, rules, found);
}

// How sure the boundary between a segment and the next is.
ChangePoint examine(Values logs, const Splits& splits, std::size_t at,
                    const ChangePointRules& rules) {
  const Values before = segment(logs, splits, at);
  const Values after = segment(logs, splits, at + 1);
  const std::size_t reach = std::min(rules.split.window / 2, kMostInASample);
  return {.index = splits[at],
          .ratio = std::exp(*median(after) - *median(before)),
          .p = rank_sum_p(before.last(std::min(reach, before.size())),
                          after.first(std::min(reach, after.size())))};
}

double size_of(const ChangePoint& point) {
  return std::abs(std::log(point.ratio));
}

// The one to be given up: the least likely, if that is not sure; else the
// smallest, if that does not matter.
std::vector<ChangePoint>::const_iterator weakest(
    const std::vector<ChangePoint>& points, const ChangePointRules& rules) {
  const auto unsure =
      std::max_element(points.begin(), points.end(),
                       [](const auto& a, const auto& b) { return a.p < b.p; });
  if (unsure == points.end() || unsure->p >= rules.p) return unsure;
  const auto smallest = std::min_element(
      points.begin(), points.end(),
      [](const auto& a, const auto& b) { return size_of(a) < size_of(b); });
  return size_of(*smallest) < std::log(rules.factor) ? smallest : points.end();
}

std::vector<ChangePoint> merged(Values logs, Splits splits,
                                const ChangePointRules& rules) {
  for (;;) {
    std::vector<ChangePoint> points;
    for (std::size_t i = 0; i < splits.size(); ++i) {
      points.push_back(examine(logs, splits, i, rules));
    }
    const auto weak = weakest(points, rules);
    if (weak == points.end()) return points;
    splits.erase(splits.begin() + std::distance(points.cbegin(), weak));
  }
}

std::vector<double> logs_of(Values values) {
  std::vector<double> logs;
  for (const double value : values) {
    if (!std::isfinite(value) || !(value > 0)) {
      throw std::invalid_argument("a value has no logarithm");
    }
    logs.push_back(std::log(value));
  }
  return logs;
}

// Steps, on a slope or on none.
struct Fit {
  double slope = 0;
  Splits searched;  // before any was merged
  std::vector<ChangePoint> points;
  double criterion = 0;
};

Splits places_of(const std::vector<ChangePoint>& points) {
  Splits places;
  for (const ChangePoint& point : points) places.push_back(point.index);
  return places;
}

Fit fit(Values logs, double slope, const ChangePointRules& rules) {
  Fit result{.slope = slope, .searched = {}, .points = {}};
  const std::vector<double> level = without_slope(logs, slope);
  split(level, 0, rules, result.searched);
  result.points = merged(level, result.searched, rules);
  result.criterion = criterion_of(level, places_of(result.points), slope != 0);
  return result;
}

double total_of(double slope, Values logs) {
  return slope * static_cast<double>(logs.size() - 1);
}

// If chance has no part in it.
std::optional<Drift> drift_in(Values logs, const Fit& fit) {
  constexpr double kOneInAThousand = 3.2905;  // of both tails
  const Splits places = places_of(fit.points);
  MannKendall trend;
  for (std::size_t at = 0; at <= places.size(); ++at) {
    trend += mann_kendall(segment(logs, places, at));
  }
  const double z = trend.z();
  if (std::abs(z) < kOneInAThousand || z * fit.slope < 0) return std::nullopt;
  return Drift{.ratio = std::exp(total_of(fit.slope, logs)), .z = z};
}

}  // namespace

std::optional<Changes> find_changes(std::span<const double> values,
                                    const ChangePointRules& rules) {
  // Kass and Raftery, Bayes Factors, JASA 90 (1995): strong evidence.
  constexpr double kStrong = 6;
  const std::vector<double> logs = logs_of(values);
  if (values.size() < std::max(rules.fewest_values, kFewestToSplit)) {
    return std::nullopt;
  }
  const Fit steps = fit(logs, 0, rules);
  // A step that is too small or too new to be told is no slope either.
  const Splits any = best_single_split(logs, rules.split.least_segment);
  double best =
      std::min(steps.criterion, criterion_of(logs, any, false)) - kStrong;
  Changes changes{.points = steps.points, .drift = {}};
  for (double slope :
       {slope_within(logs, {}), slope_within(logs, steps.searched)}) {
    for (int refined = 0; refined < 2; ++refined) {
      // What does not add up to a change does not matter.
      if (std::abs(total_of(slope, logs)) < std::log(rules.factor)) break;
      const Fit sloped = fit(logs, slope, rules);
      slope = slope_within(logs, sloped.searched);
      if (sloped.criterion >= best) continue;
      const auto drift = drift_in(logs, sloped);
      if (!drift) continue;
      best = sloped.criterion;
      changes = {.points = sloped.points, .drift = drift};
    }
  }
  return changes;
}

std::vector<std::size_t> boundaries_of(const std::vector<ChangePoint>& points,
                                       std::size_t size) {
  std::vector<std::size_t> boundaries = {0};
  for (const ChangePoint& point : points) boundaries.push_back(point.index);
  boundaries.push_back(size);
  return boundaries;
}

}  // namespace sockmark
