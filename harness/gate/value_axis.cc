#include "harness/gate/value_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/text/text.h"

namespace sockmark {
namespace {

// The least of 1, 2, 2.5 and 5 times a power of ten that leaves at most four
// steps.
double step_of(double span) {
  constexpr double kSteps = 4;
  const double power = std::pow(10, std::floor(std::log10(span / kSteps)));
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    if (factor * power * kSteps >= span) return factor * power;
  }
  return 10 * power;
}

int decimals_of(double step) {
  const double power = std::floor(std::log10(step) + 1e-9);
  const bool is_quarter = std::abs(step / std::pow(10, power) - 2.5) < 1e-6;
  return std::max(0, static_cast<int>(-power) + (is_quarter ? 1 : 0));
}

std::string tick_text(double value, int decimals) {
  return decimals > 0 ? fmt::format("{:.{}f}", value, decimals)
                      : format_count(value);
}

}  // namespace

Axis value_axis(double least, double most) {
  constexpr double kPadding = 0.12;
  double span = most - least;
  if (!(span > 0)) span = std::max(std::abs(most) * 0.1, 1e-9);
  Axis axis{.label = "",
            .least = least - kPadding * span,
            .most = most + kPadding * span};
  const double step = step_of(axis.most - axis.least);
  const int decimals = decimals_of(step);
  for (double n = std::ceil(axis.least / step); n * step <= axis.most; ++n) {
    const double at = n * step;
    axis.ticks.push_back({at, tick_text(at == 0 ? 0 : at, decimals)});
  }
  return axis;
}

}  // namespace sockmark
