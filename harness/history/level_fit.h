// How well levels, or levels on a slope, describe a sequence. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace sockmark {

// Segments [0, s1), [s1, s2), ..., [sn, size) of a sequence.
using Splits = std::vector<std::size_t>;

// The values of a segment; `at` counts from 0.
std::span<const double> segment(std::span<const double> values,
                                const Splits& splits, std::size_t at);

// Without a slope of so much per value.
std::vector<double> without_slope(std::span<const double> values, double slope);

// Per value: the median of the slopes between values of the same segment (Theil
// 1950; Sen 1968). 0 where no segment has two.
double slope_within(std::span<const double> values, const Splits& splits);

// Schwarz's criterion (1978) of a model whose absolute residuals are
// exponential, which a few outliers do not upset: medians of the segments. A
// slope that was taken out before costs a parameter, and so does each step, and
// each place of one. Less is better.
double criterion_of(std::span<const double> values, const Splits& splits,
                    bool has_slope);

// The single split with the best criterion, which leaves `least` to both sides;
// none, where there is no room for one.
Splits best_single_split(std::span<const double> values, std::size_t least);

}  // namespace sockmark
