// How much figures differ when nothing does: A against A, in pairs.
#pragma once

#include <optional>
#include <span>

#include "harness/statistics/stats.h"

namespace sockmark {

// Of one figure, in an A/A measurement. All are shares: 0.01 is 1 %.
struct Noise {
  double spread = 0;         // of all values, one by one
  double paired_spread = 0;  // of a value, without what its pair has in common
  MedianInterval ratio;      // of A to A; 1 should lie within
  double smallest_difference = 0;  // that kNoiseRounds rounds can tell apart
};

inline constexpr int kNoiseRounds = 10;

// The median distance from `centre`. Nothing of no values.
std::optional<double> median_deviation(std::span<const double> values,
                                       double centre);

// The standard deviation that a normal distribution with this median absolute
// deviation has, over the median; few outliers do not change it. Nothing of
// less than two values or a median that is not positive.
std::optional<double> robust_spread(std::span<const double> values);

// Nothing of less than two pairs or of values that are not positive.
//
// The smallest difference is 7 spreads over the root of the number of rounds:
// what a one-sided test at 1 % finds in 80 of 100 cases, by simulation of
// paired rounds of about 10. sockmark compares within rounds, so the spread is
// the paired one.
std::optional<Noise> noise_of(std::span<const double> a,
                              std::span<const double> b);

}  // namespace sockmark
