// What a comparison could have seen.
//
// A worsening is seen if it is significant and if its estimate is beyond the
// margin. How far the estimate must lie from no change for the first is half
// the width of the interval of what the test does not reject; and an estimate
// falls short of the truth by more than 0.84 of its standard error in one case
// of five. Both are read off the values at hand, so nothing is assumed of their
// distribution. tests/harness/gate/smallest_visible_test.cc holds it against
// simulations and the rule of thumb that `sockmark doctor` goes by.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <optional>

#include "harness/gate/comparison.h"
#include "harness/gate/noisy.h"

namespace sockmark {

// The smallest worsening that would have been seen in 4 of 5 comparisons with
// this spread and so many values, as a share of the base, if nothing else in
// the family differed. Nothing where the values are too few to show anything,
// and where there is no share of a base of 0.
std::optional<double> smallest_visible(const NoisyFigures& figures,
                                       Better better);

}  // namespace sockmark
