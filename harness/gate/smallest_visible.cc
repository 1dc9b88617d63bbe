#include "harness/gate/smallest_visible.h"

#include <algorithm>
#include <cmath>

#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

constexpr double kDeviationsOf80Percent = 0.8416;  // below: 4 in 5 of a normal
constexpr double kDeviationsOf90Percent = 1.6449;  // within, to either side

double half_width(const ShiftInterval& interval) {
  return (interval.high - interval.low) / 2;
}

}  // namespace

std::optional<double> smallest_visible(const NoisyFigures& figures,
                                       Better better) {
  if (!figures.unrejected) return std::nullopt;
  const double margin =
      better == Better::lower ? figures.harmless_high : -figures.harmless_low;
  const double error = half_width(figures.narrow) / kDeviationsOf90Percent;
  const double visible = std::max(half_width(*figures.unrejected), margin) +
                         kDeviationsOf80Percent * error;
  if (!std::isfinite(visible)) return std::nullopt;
  const double shift = better == Better::lower ? visible : -visible;
  const double worse = worsening(shift, figures, better);
  if (figures.are_ratios) return worse;
  const double base = std::abs(median(figures.sides.base).value());
  if (!(base > 0)) return std::nullopt;
  return worse / base;
}

}  // namespace sockmark
