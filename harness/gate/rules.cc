#include "harness/gate/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/gate/attainable.h"
#include "harness/gate/noisy.h"
#include "harness/statistics/stats.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

double least(const std::vector<double>& values) {
  return *std::min_element(values.begin(), values.end());
}

double most(const std::vector<double>& values) {
  return *std::max_element(values.begin(), values.end());
}

// Of what is deterministic, any digit may be the one that differs.
std::string in_full(double value) { return format_digits(value, 5); }

std::string range_of(const std::vector<double>& values) {
  return fmt::format("{} to {}", in_full(least(values)), in_full(most(values)));
}

std::ptrdiff_t rounds_with_any(const std::vector<double>& values) {
  return std::count_if(values.begin(), values.end(),
                       [](double value) { return value > 0; });
}

// "3 of 10 rounds of the new side, up to 0.2 %"
std::string where_any(const std::vector<double>& values, const char* side) {
  return fmt::format("{} of {} rounds of {}, up to {} %",
                     rounds_with_any(values), values.size(), side,
                     format_digits(100 * most(values), 2));
}

Ruling rule_where_base_has_any(const Samples& samples,
                               const JudgementRules& rules) {
  const bool is_rare = rarest(samples.base.size(), samples.head.size(),
                              Pairing::unpaired) < rules.alpha / rules.looks;
  const std::string where =
      fmt::format("in {}, and in {}", where_any(samples.head, "the new side"),
                  where_any(samples.base, "the base"));
  if (is_rare && least(samples.head) > most(samples.base)) {
    return {Finding::regressed, where + ": more in every round"};
  }
  if (is_rare && most(samples.head) < least(samples.base)) {
    return {Finding::improved, where + ": fewer in every round"};
  }
  if (rounds_with_any(samples.head) == 0) return {Finding::not_worse, where};
  return {Finding::inconclusive,
          where + ": told apart only if one side has more in every round"};
}

}  // namespace

Ruling rule_exactly(const Samples& samples) {
  const Metric& metric = samples.metric;
  const std::string unknown = why_unknown(samples);
  if (!unknown.empty()) return {Finding::inconclusive, unknown};
  const double base = median(samples.base).value();
  const double head = median(samples.head).value();
  const double harmless =
      std::max(metric.margin.relative * std::abs(base), metric.margin.absolute);
  if (std::abs(head - base) <= harmless) return {Finding::same, {}};
  if (least(samples.head) <= most(samples.base) &&
      most(samples.head) >= least(samples.base)) {
    return {Finding::inconclusive,
            fmt::format("not the same in every round: {}, and {} of the base",
                        range_of(samples.head), range_of(samples.base))};
  }
  const bool is_worse = (head > base) == (metric.better == Better::lower);
  return {
      is_worse ? Finding::regressed : Finding::improved,
      fmt::format("{} where the base has {}", in_full(head), in_full(base))};
}

Ruling rule_out_any(const Samples& samples, const JudgementRules& rules) {
  const std::string unknown = why_unknown(samples);
  if (!unknown.empty()) return {Finding::inconclusive, unknown};
  if (rounds_with_any(samples.base) > 0) {
    return rule_where_base_has_any(samples, rules);
  }
  if (rounds_with_any(samples.head) == 0) {
    return {Finding::same, "none on either side"};
  }
  return {Finding::regressed,
          fmt::format("in {}, and in none of the base",
                      where_any(samples.head, "the new side"))};
}

}  // namespace sockmark
