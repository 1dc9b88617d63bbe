#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>

#include "lib/duration.h"
#include "loadgen/objective.h"

namespace sockmark {
namespace {

using Quantity = Objective::Quantity;
using Comparison = Objective::Comparison;

// Either a value and how to write it, or why there is none.
struct Measured {
  std::optional<double> value;
  std::string text;
};

Measured measured_duration(double ns) {
  return {ns, format_duration(std::chrono::nanoseconds(std::llround(ns)))};
}

Measured measure_duration(const Objective& objective,
                          const Histogram& histogram) {
  if (histogram.count() == 0) return {{}, "nothing was recorded"};
  if (objective.quantity == Quantity::mean) {
    return measured_duration(histogram.mean());
  }
  if (objective.quantity == Quantity::max) {
    return measured_duration(static_cast<double>(histogram.max()));
  }
  if (!histogram.supports(objective.percent)) {
    return {{},
            fmt::format("{} values are too few: {} have to lie beyond p{}",
                        histogram.count(), Histogram::kValuesBeyond,
                        objective.percent)};
  }
  return measured_duration(
      static_cast<double>(histogram.percentile(objective.percent)));
}

Measured measure(const Objective& objective, const Tally& tally) {
  const auto errors = static_cast<double>(tally.errors.total());
  const auto completed = static_cast<double>(tally.completed);
  switch (objective.quantity) {
    case Quantity::rate: {
      if (tally.measured <= 0) return {{}, "no time was measured"};
      const double rate = completed * 1e9 / static_cast<double>(tally.measured);
      return {rate, fmt::format("{:.6g}/s", rate)};
    }
    case Quantity::error_count:
    case Quantity::error_share: {
      if (errors + completed == 0) return {{}, "no request has ended"};
      if (objective.quantity == Quantity::error_count) {
        return {errors, fmt::format("{}", errors)};
      }
      const double share = errors / (errors + completed);
      return {share, fmt::format("{:.3g} %", 100 * share)};
    }
    case Quantity::percentile:
    case Quantity::mean:
    case Quantity::max:
      break;
  }
  return measure_duration(objective, tally.*objective.histogram);
}

bool holds(double value, Comparison comparison, double limit) {
  switch (comparison) {
    case Comparison::below:
      return value < limit;
    case Comparison::at_most:
      return value <= limit;
    case Comparison::at_least:
      return value >= limit;
    case Comparison::above:
      break;
  }
  return value > limit;
}

}  // namespace

ObjectiveResult check(const Objective& objective, const Tally& tally) {
  Measured measured = measure(objective, tally);
  if (!measured.value) return {objective.text, false, "", measured.text};
  ObjectiveResult result{
      .objective = objective.text,
      .met = holds(*measured.value, objective.comparison, objective.limit),
      .measured = std::move(measured.text),
      .reason = {}};
  if (!result.met) result.reason = "measured " + result.measured;
  return result;
}

}  // namespace sockmark
