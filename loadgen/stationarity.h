// Whether a series of measurements, in order of time, has settled and stays so.
#pragma once

#include <cstddef>
#include <span>

namespace sockmark {

// How many leading values to leave out as a warm-up: a multiple of 5 and at
// most half of them. It is the cut after which the mean of the rest is known
// best: the least standard error, as if the means of five values in a row were
// independent (MSER: White 1997, "An effective truncation heuristic for bias
// reduction in simulation output"; with batches of 5: White, Cobb and Spratt
// 2000). 0 of fewer than 20 values. A cut near the half says that there may be
// no steady state.
std::size_t mser5_cut(std::span<const double> values);

// A test for a trend, up or down, of any shape.
struct MannKendall {
  double z = 0;        // above 0: upwards
  double p_value = 1;  // two-sided
};

// Corrected for ties and for continuity; the normal approximation is good from
// ten values on, below three there is no trend (Mann 1945, Kendall 1975).
// Supposes that values without a trend are independent: where one resembles the
// next, it finds trends too often. O(n log n).
MannKendall mann_kendall(std::span<const double> values);

// How much the median of the second half is above that of the first, relative
// to the first: 0.05 is 5 %. The middle one of an odd number belongs to
// neither. 0 of fewer than two values, infinite if only the first is 0.
double half_against_half(std::span<const double> values);

}  // namespace sockmark
