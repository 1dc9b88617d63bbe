// How far the new side lies from its base, as a difference on a scale on which
// that makes sense: of logarithms (a ratio), or of the values themselves.
//
// Pairs are judged by Wilcoxon's signed ranks
// (harness/statistics/signed_rank.h), unpaired values by Mann and Whitney's
// rank sums (harness/statistics/rank_sum.h). Both are exact, with ties and with
// pairs that do not differ at all, as of memory, which comes in pages: those
// are left out and the ranks of the rest counted out as they are. So there is
// no need to fall back to the sign test where there are many of them; it would
// know less. tests/harness/gate/ties_test.cc has the proof.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "harness/gate/comparison.h"

namespace sockmark {

// Finite values of both sides, on the scale.
struct Sides {
  std::vector<double> base;
  std::vector<double> head;
};

// What is to be expected of head - base.
struct ShiftInterval {
  double estimate = 0;  // Hodges and Lehmann's
  double low = 0;
  double high = 0;
  double coverage = 0;  // exactly; below what was asked of too few values
};

// One for each of these confidences. Neither this nor p_of_shift() may be
// called for a side without values, pairs that are none, or more values than
// most_values().
std::vector<ShiftInterval> shift_intervals(const Sides& sides, Pairing pairing,
                                           std::span<const double> confidences);

enum class Direction { below, above };

// The probability, if both sides were alike, of the new one lying that far in
// this direction.
double p_of_shift(const Sides& sides, Pairing pairing, Direction direction);

// Of a side, for which this can be counted out.
std::size_t most_values(Pairing pairing);

}  // namespace sockmark
