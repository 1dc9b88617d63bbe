// Whether gaps between arrivals are those of a Poisson process.
#pragma once

#include <span>

namespace sockmark {

// The statistic above which a sample of exponential gaps is found once in a
// hundred (D'Agostino and Stephens 1986, "Goodness-of-Fit Techniques", table
// 4.2, case 0: mean known; from five gaps on).
constexpr double kAndersonDarlingAtOnePercent = 3.857;

// Anderson and Darling's A^2 of `gaps`, in any order and unit, against the
// exponential law with this mean, in the same unit. A gap of 0, which the
// clock's resolution makes, counts as half of the smallest to be expected. Of
// no gaps at all, 0. Sorts a copy: O(n log n).
double anderson_darling_exponential(std::span<const double> gaps, double mean);

}  // namespace sockmark
