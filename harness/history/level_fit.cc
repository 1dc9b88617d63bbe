#include "harness/history/level_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

double absolute_residuals(std::span<const double> values) {
  const double centre = *median(values);
  double sum = 0;
  for (const double value : values) sum += std::abs(value - centre);
  return sum;
}

}  // namespace

std::span<const double> segment(std::span<const double> values,
                                const Splits& splits, std::size_t at) {
  const std::size_t from = at == 0 ? 0 : splits[at - 1];
  const std::size_t to = at == splits.size() ? values.size() : splits[at];
  return values.subspan(from, to - from);
}

std::vector<double> without_slope(std::span<const double> values,
                                  double slope) {
  std::vector<double> level(values.begin(), values.end());
  for (std::size_t i = 0; i < level.size(); ++i) {
    level[i] -= slope * static_cast<double>(i);
  }
  return level;
}

double slope_within(std::span<const double> values, const Splits& splits) {
  // Of longer segments not all pairs: so many values are as good.
  constexpr std::size_t kMostValues = 200;
  std::vector<double> slopes;
  for (std::size_t at = 0; at <= splits.size(); ++at) {
    const auto one = segment(values, splits, at);
    const std::size_t stride = 1 + one.size() / kMostValues;
    for (std::size_t i = 0; i < one.size(); i += stride) {
      for (std::size_t k = i + stride; k < one.size(); k += stride) {
        slopes.push_back((one[k] - one[i]) / static_cast<double>(k - i));
      }
    }
  }
  if (slopes.empty()) return 0;
  const auto middle =
      slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
  std::nth_element(slopes.begin(), middle, slopes.end());
  return *middle;
}

double criterion_of(std::span<const double> values, const Splits& splits,
                    bool has_slope) {
  double residuals = 0;
  for (std::size_t at = 0; at <= splits.size(); ++at) {
    residuals += absolute_residuals(segment(values, splits, at));
  }
  const auto n = static_cast<double>(values.size());
  const auto parameters =
      static_cast<double>(1 + 2 * splits.size() + (has_slope ? 1 : 0));
  // Where nothing is left to explain, fewer parameters win.
  const double scale =
      std::max(residuals / n, std::numeric_limits<double>::epsilon());
  return 2 * n * std::log(scale) + parameters * std::log(n);
}

Splits best_single_split(std::span<const double> values, std::size_t least) {
  Splits best;
  for (std::size_t at = least; at + least <= values.size(); ++at) {
    if (best.empty() ||
        criterion_of(values, {at}, false) < criterion_of(values, best, false)) {
      best = {at};
    }
  }
  return best;
}

}  // namespace sockmark
