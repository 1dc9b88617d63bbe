#include "harness/compare/tripwire.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "harness/statistics/noise.h"
#include "harness/statistics/stats.h"

namespace sockmark {

// From a table, because a library of distributions is a large thing to depend
// on for a few numbers: NIST/SEMATECH e-Handbook of Statistical Methods,
// section 1.3.6.7.2. The test integrates the density and finds the same.
double student_t_995(std::size_t degrees) {
  constexpr std::array kQuantiles = {
      63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250, 3.169,
      3.106,  3.055, 3.012, 2.977, 2.947, 2.921, 2.898, 2.878, 2.861, 2.845,
      2.831,  2.819, 2.807, 2.797, 2.787, 2.779, 2.771, 2.763, 2.756, 2.750};
  return kQuantiles.at(degrees - 1);
}

// Croux and Rousseeuw 1992, Time-efficient algorithms for two highly robust
// estimators of scale, section 3.
double deviation_per_mad(std::size_t n) {
  constexpr double kOfMany = 1.4826;  // 1 / the normal quantile at 3/4
  constexpr std::array kOfFew = {1.196, 1.495, 1.363, 1.206,
                                 1.200, 1.140, 1.129, 1.107};
  if (n - 2 < kOfFew.size()) return kOfMany * kOfFew.at(n - 2);
  const auto count = static_cast<double>(n);
  return kOfMany * count / (count - 0.8);
}

std::optional<Expectation> expect_from(std::span<const double> history) {
  if (history.size() < kFewestEntries) return std::nullopt;
  const auto recent = history.last(std::min(history.size(), kMostEntries));
  const std::size_t n = recent.size();
  const double centre = median(recent).value();
  const double spread =
      deviation_per_mad(n) * median_deviation(recent, centre).value();
  const double of_median = 1.57 / static_cast<double>(n);
  const double allowance =
      std::max(-std::log(1 - kLeastDrop),
               student_t_995(n - 1) * spread * std::sqrt(1 + of_median));
  return Expectation{
      .centre = centre, .limit = centre - allowance, .entries = n};
}

}  // namespace sockmark
