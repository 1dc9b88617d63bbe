// Whether one new value is out of what earlier runs had: not a verdict, but
// reason enough to measure again, in pairs. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace sockmark {

inline constexpr std::size_t kFewestEntries = 8;
inline constexpr std::size_t kMostEntries = 20;
inline constexpr double kLeastDrop = 0.10;  // of the figure

// Where the next value is expected. It trips if it is below `limit`.
struct Expectation {
  double centre = 0;  // the median of the history
  double limit = 0;
  std::size_t entries = 0;  // that it is made of
};

// From logarithms of ratios, more being better, the oldest first; the last
// kMostEntries of them. Nothing of less than kFewestEntries.
//
// The limit is that of a one-sided prediction interval of 99.5 % for the next
// value of a normal distribution, with its centre and spread taken from median
// and MAD so that single odd runs do not move it: the variance of the median is
// 1.57 / n of that of a value (pi / 2 for large n). It is never nearer to the
// centre than kLeastDrop.
std::optional<Expectation> expect_from(std::span<const double> history);

// The 99.5 % quantile of Student's t with 1 to 30 degrees of freedom; throws
// std::out_of_range beyond.
double student_t_995(std::size_t degrees);

// What the median absolute deviation of n values, 2 or more, of a normal
// distribution has to be multiplied by to estimate its standard deviation
// without bias.
double deviation_per_mad(std::size_t n);

}  // namespace sockmark
