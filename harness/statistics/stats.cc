#include "harness/statistics/stats.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace sockmark {
namespace {

// 2^-n has to fit a long double, which reaches 2^-16382 on x86-64 and arm64.
constexpr std::size_t kMostValues = 10'000;

std::vector<double> sorted(std::span<const double> values) {
  if (values.size() > kMostValues) {
    throw std::invalid_argument("too many values for an interval");
  }
  if (std::any_of(values.begin(), values.end(),
                  [](double value) { return std::isnan(value); })) {
    throw std::invalid_argument("a value is not a number");
  }
  std::vector<double> ordered(values.begin(), values.end());
  std::sort(ordered.begin(), ordered.end());
  return ordered;
}

double middle(const std::vector<double>& ordered) {
  const std::size_t half = ordered.size() / 2;
  if (ordered.size() % 2 == 1) return ordered[half];
  return std::midpoint(ordered[half - 1], ordered[half]);
}

struct Ranks {
  std::size_t from_each_end = 1;  // 1: the smallest and the largest value
  double coverage = 0;
};

// The k-th smallest and the k-th largest of n values miss the median when
// fewer than k of them lie on one side of it, and that number is
// binomial(n, 1/2). Exact: every term is an integer over 2^n.
Ranks narrowest_ranks(std::size_t n, double confidence) {
  long double term = std::ldexp(1.0L, -static_cast<int>(n));
  long double tail = term;  // P(fewer than k)
  Ranks ranks{.from_each_end = 1,
              .coverage = static_cast<double>(1 - 2 * tail)};
  for (std::size_t k = 2; k <= n / 2; ++k) {
    term = term * static_cast<long double>(n - k + 2) /
           static_cast<long double>(k - 1);
    tail += term;
    const auto coverage = static_cast<double>(1 - 2 * tail);
    if (coverage < confidence) break;
    ranks = {.from_each_end = k, .coverage = coverage};
  }
  return ranks;
}

}  // namespace

std::optional<double> MedianInterval::relative_error() const {
  if (!has_interval() || median == 0) return std::nullopt;
  return std::max(high - median, median - low) / std::abs(median);
}

std::optional<double> median(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  return middle(sorted(values));
}

std::optional<MedianInterval> median_interval(std::span<const double> values,
                                              double confidence) {
  if (values.empty()) return std::nullopt;
  const std::vector<double> ordered = sorted(values);
  const std::size_t n = ordered.size();
  const Ranks ranks = narrowest_ranks(n, confidence);
  return MedianInterval{.median = middle(ordered),
                        .low = ordered[ranks.from_each_end - 1],
                        .high = ordered[n - ranks.from_each_end],
                        .coverage = ranks.coverage,
                        .n = n};
}

std::optional<MedianInterval> paired_ratio(std::span<const double> a,
                                           std::span<const double> b,
                                           double confidence) {
  if (a.size() != b.size()) {
    throw std::invalid_argument("paired values differ in number");
  }
  std::vector<double> ratios;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(b[i] > 0)) throw std::invalid_argument("a divisor is not positive");
    ratios.push_back(a[i] / b[i]);
  }
  return median_interval(ratios, confidence);
}

}  // namespace sockmark
