// One noisy metric of one cell: what its values say by themselves.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <optional>
#include <string>

#include "harness/gate/comparison.h"
#include "harness/gate/shift.h"

namespace sockmark {

struct NoisyFigures {
  // Logarithms, so that shifts are ratios; the values themselves where one is
  // 0 or less, which has no logarithm.
  bool are_ratios = true;
  Sides sides;
  ShiftInterval wide;    // of 95 %
  ShiftInterval narrow;  // of 90 %
  // What the first of its family's tests does not reject, on both sides. None
  // of too few values to reject anything.
  std::optional<ShiftInterval> unrejected = {};
  double p_below = 1;
  double p_above = 1;
  // What shifts do not matter: within the larger of both margins.
  double harmless_low = 0;
  double harmless_high = 0;
};

// Why nothing can be said of these, by whatever rule: a side has no values, or
// one that is not a number. Empty if something can be said.
std::string why_unknown(const Samples& samples);

// The same, by statistics: also that there are too many.
std::string why_not_comparable(const Samples& samples, Pairing pairing);

// Of samples that can be compared, of which the first of the family's one-sided
// tests has this level.
NoisyFigures figures_of(const Samples& samples, Pairing pairing, double level);

// The share by which a shift is a worsening, below 0 where it is none: 0.05 is
// 5 % more of what should be less, or 5 % less of what should be more. Of
// values that are no ratios, in their unit.
double worsening(double shift, const NoisyFigures& figures, Better better);

}  // namespace sockmark
