#include "harness/charts/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "harness/text/text.h"

namespace sockmark {
namespace {

// The least of 1, 2 and 5 times a power of ten that is not below.
double round_step(double step) {
  const double power = std::pow(10, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= step * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

// 1,024 connections are not 1.02k.
std::string short_count(double value) {
  constexpr double kLong = 10'000;
  const bool is_whole = value == std::floor(value);
  return is_whole && value < kLong ? format_count(value) : compact(value);
}

// "64 Ki", where that is exact.
std::string binary_count(double value) {
  constexpr double kKi = 1024;
  for (const auto& [power, name] : {std::pair(kKi * kKi, "Mi"), {kKi, "Ki"}}) {
    if (value >= power && std::fmod(value, power) == 0) {
      return fmt::format("{} {}", format_count(value / power), name);
    }
  }
  return short_count(value);
}

// Of a logarithmic axis, how much is left free at either end.
constexpr double kMargin = 1.25;

}  // namespace

Axis linear_axis(std::string label, double most) {
  constexpr double kSteps = 4;
  constexpr double kHeadroom = 1.05;
  if (!(most > 0)) most = 1;
  const double step = round_step(most * kHeadroom / kSteps);
  Axis axis{.label = std::move(label), .most = most * kHeadroom};
  for (int i = 0; i * step <= axis.most; ++i) {
    axis.ticks.push_back({i * step, compact(i * step)});
  }
  return axis;
}

Axis range_axis(std::string label, double least, double most) {
  constexpr double kSteps = 5;
  constexpr double kRoom = 0.06;  // at either end
  if (!(most > least)) most = least + 1;
  const double room = (most - least) * kRoom;
  Axis axis{
      .label = std::move(label), .least = least - room, .most = most + room};
  const double step = round_step((axis.most - axis.least) / kSteps);
  for (double i = std::ceil(axis.least / step); i * step <= axis.most; ++i) {
    axis.ticks.push_back({i * step, compact(i * step)});
  }
  return axis;
}

Axis log_axis(std::string label, double least, double most) {
  if (!(least > 0)) least = 1;
  most = std::max(most, least);
  Axis axis{.label = std::move(label),
            .is_log = true,
            .least = least / kMargin,
            .most = most * kMargin};
  const double decades = std::log10(axis.most / axis.least);
  const std::vector<double> factors = decades > 3 ? std::vector{1.0}
                                      : decades > 1.5
                                          ? std::vector{1.0, 3.0}
                                          : std::vector{1.0, 2.0, 5.0};
  const auto first = static_cast<int>(std::floor(std::log10(axis.least)));
  const auto last = static_cast<int>(std::ceil(std::log10(axis.most)));
  for (int exponent = first; exponent <= last; ++exponent) {
    for (const double factor : factors) {
      const double at = factor * std::pow(10, exponent);
      if (at < axis.least || at > axis.most) continue;
      axis.ticks.push_back({at, compact(at)});
    }
  }
  return axis;
}

Axis values_axis(std::string label, std::vector<double> values, bool binary) {
  constexpr std::size_t kMostTicks = 6;
  constexpr double kStepToZero = 4;
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  const auto positive = std::upper_bound(values.begin(), values.end(), 0.0);
  const bool has_zero = positive != values.begin();
  const double least = positive == values.end() ? 1 : *positive;
  const double most = values.empty() ? 1 : std::max(values.back(), least);
  const double start = has_zero ? least / kStepToZero : least;
  Axis axis{.label = std::move(label),
            .is_log = true,
            .least = start / kMargin,
            .most = most * kMargin};
  const std::size_t stride = (values.size() + kMostTicks - 1) / kMostTicks;
  for (std::size_t i = 0; i < values.size(); i += stride) {
    axis.ticks.push_back(
        {std::max(values[i], start),
         binary ? binary_count(values[i]) : short_count(values[i])});
  }
  return axis;
}

double place_on(const Axis& axis, double value) {
  if (!axis.is_log || value > 0) return value;
  return axis.least * kMargin;
}

std::string compact(double value) {
  constexpr std::array<std::pair<double, const char*>, 3> kPowers = {
      {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}}};
  for (const auto& [power, name] : kPowers) {
    if (std::abs(value) >= power * 0.9995) {
      return fmt::format("{:.3g}{}", value / power, name);
    }
  }
  return fmt::format("{:.3g}", value);
}

}  // namespace sockmark
