#include "harness/gate/noisy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

bool all_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return std::isfinite(value); });
}

bool all_positive(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return value > 0; });
}

std::vector<double> logarithms(const std::vector<double>& values) {
  std::vector<double> result(values.size());
  std::transform(values.begin(), values.end(), result.begin(),
                 [](double value) { return std::log(value); });
  return result;
}

// A difference matters if it is larger than both margins, the relative one
// being a share of the base's median.
void set_harmless(NoisyFigures& figures, const Margin& margin,
                  double base_median) {
  if (figures.are_ratios) {
    const double share =
        std::max(margin.relative, margin.absolute / base_median);
    figures.harmless_high = std::log1p(share);
    figures.harmless_low = share < 1 ? std::log1p(-share)
                                     : -std::numeric_limits<double>::infinity();
  } else {
    figures.harmless_high =
        std::max(margin.relative * std::abs(base_median), margin.absolute);
    figures.harmless_low = -figures.harmless_high;
  }
}

}  // namespace

std::string why_unknown(const Samples& samples) {
  if (samples.base.empty() || samples.head.empty()) {
    const char* const whose = !samples.head.empty()   ? "the base"
                              : !samples.base.empty() ? "the new side"
                                                      : "either side";
    return fmt::format("no value of {} is known", whose);
  }
  if (!all_finite(samples.base) || !all_finite(samples.head)) {
    return "a value is not a number";
  }
  return {};
}

std::string why_not_comparable(const Samples& samples, Pairing pairing) {
  std::string unknown = why_unknown(samples);
  if (!unknown.empty()) return unknown;
  const std::size_t most = most_values(pairing);
  if (std::max(samples.base.size(), samples.head.size()) > most) {
    return fmt::format("more values than can be judged: {} at most of a side",
                       most);
  }
  return {};
}

NoisyFigures figures_of(const Samples& samples, Pairing pairing, double level) {
  NoisyFigures figures;
  figures.are_ratios = all_positive(samples.base) && all_positive(samples.head);
  figures.sides = {.base = samples.base, .head = samples.head};
  if (figures.are_ratios) {
    figures.sides = {.base = logarithms(samples.base),
                     .head = logarithms(samples.head)};
  }
  const std::array confidences = {0.95, 0.90, 1 - 2 * level};
  const auto intervals = shift_intervals(figures.sides, pairing, confidences);
  figures.wide = intervals[0];
  figures.narrow = intervals[1];
  if (intervals[2].coverage >= confidences[2]) {
    figures.unrejected = intervals[2];
  }
  figures.p_below = p_of_shift(figures.sides, pairing, Direction::below);
  figures.p_above = p_of_shift(figures.sides, pairing, Direction::above);
  set_harmless(figures, samples.metric.margin, median(samples.base).value());
  return figures;
}

double worsening(double shift, const NoisyFigures& figures, Better better) {
  const double change = figures.are_ratios ? std::expm1(shift) : shift;
  return better == Better::lower ? change : -change;
}

}  // namespace sockmark
