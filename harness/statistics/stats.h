// The statistics of a report: medians, and how sure we are of them.
//
// Pure: touches neither clock nor disk nor process. Units are the caller's.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace sockmark {

// A sample's median with an interval for the population's, from order
// statistics: it assumes independent values of one continuous distribution and
// nothing of its shape. See David and Nagaraja, Order Statistics (3rd ed.),
// section 7.1; Conover, Practical Nonparametric Statistics (3rd ed.), section
// 3.2; golang/perf's benchmath.AssumeNothing does the same.
struct MedianInterval {
  double median = 0;
  double low = 0;
  double high = 0;
  double coverage = 0;  // the exact probability that [low, high] covers it
  std::size_t n = 0;

  // One value says nothing of the spread: its coverage is 0.
  bool has_interval() const { return coverage > 0; }

  // How far the farther end of the interval is from the median, as a share of
  // the median. Nothing where there is no interval or the median is 0.
  std::optional<double> relative_error() const;
};

inline constexpr double kConfidence = 0.95;

// Of an even number of values, the mean of the two in the middle. Nothing of
// no values.
std::optional<double> median(std::span<const double> values);

// The interval is the narrowest symmetric pair of order statistics that covers
// with at least `confidence`. Where too few values can do that, it is their
// whole range with the coverage that this has: 75 % of 3, 87.5 % of 4 and
// 93.75 % of 5. Nothing of no values. Throws std::invalid_argument for more
// than 10,000 of them or a value that is not a number.
std::optional<MedianInterval> median_interval(std::span<const double> values,
                                              double confidence = kConfidence);

// The median of a[i] / b[i], where i is one round of measuring both: what
// disturbs a whole round cancels out. Throws std::invalid_argument when the
// lengths differ or a divisor is not positive.
std::optional<MedianInterval> paired_ratio(std::span<const double> a,
                                           std::span<const double> b,
                                           double confidence = kConfidence);

}  // namespace sockmark
