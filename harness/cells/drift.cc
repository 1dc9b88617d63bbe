#include "harness/cells/drift.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

#include "harness/statistics/mann_kendall.h"

namespace sockmark {
namespace {

// When a trial was run, as far as its record says.
auto time_of(const TrialRecord& trial) {
  return std::tuple(trial.started_unix_ns, trial.attempt, trial.round,
                    trial.order, trial.index);
}

struct Timed {
  const TrialRecord* trial;
  double relative;
};

std::vector<double> values_of(const std::vector<DriftPoint>& points) {
  std::vector<double> values;
  for (const DriftPoint& point : points) values.push_back(point.relative);
  return values;
}

}  // namespace

std::vector<DriftPoint> drift_points(const std::vector<WorkloadCells>& groups) {
  std::vector<Timed> timed;
  for (const WorkloadCells& group : groups) {
    if (group.workload.rate_per_second) continue;
    for (const Cell& cell : group.cells) {
      const auto& median = cell.requests_per_second;
      if (!median || median->n < 2 || median->median <= 0) continue;
      for (const TrialRecord& trial : cell.trials) {
        if (!is_usable(trial) || !trial.load->requests_per_second) continue;
        timed.push_back(
            {&trial, *trial.load->requests_per_second / median->median});
      }
    }
  }
  std::stable_sort(timed.begin(), timed.end(),
                   [](const Timed& a, const Timed& b) {
                     return time_of(*a.trial) < time_of(*b.trial);
                   });
  std::vector<DriftPoint> points;
  for (const Timed& one : timed) {
    const bool suspect =
        verdict_of(*one.trial).status == Verdict::Status::suspect;
    points.push_back({.position = points.size() + 1,
                      .server = one.trial->server.name,
                      .workload = one.trial->workload.name,
                      .relative = one.relative,
                      .suspect = suspect});
  }
  return points;
}

std::vector<double> smoothed(const std::vector<DriftPoint>& points) {
  constexpr std::size_t kFewest = 5;  // to each side
  constexpr std::size_t kShare = 20;  // of all
  const std::size_t reach = std::max(kFewest, points.size() / kShare);
  const std::vector<double> values = values_of(points);
  std::vector<double> medians;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t from = i < reach ? 0 : i - reach;
    const std::size_t to = std::min(values.size(), i + reach + 1);
    medians.push_back(*median(std::span(values).subspan(from, to - from)));
  }
  return medians;
}

std::optional<Trend> trend_of(const std::vector<DriftPoint>& points) {
  constexpr std::size_t kFewest = 10;
  if (points.size() < kFewest) return std::nullopt;
  const std::vector<double> values = values_of(points);
  const std::span<const double> all(values);
  const std::size_t third = all.size() / 3;
  Trend trend{.change =
                  *median(all.last(third)) / *median(all.first(third)) - 1};
  trend.z = mann_kendall(values).z();
  return trend;
}

bool is_drift(const Trend& trend) {
  constexpr double kOneInAHundred = 2.576;  // of both tails
  return std::abs(trend.z) > kOneInAHundred;
}

}  // namespace sockmark
