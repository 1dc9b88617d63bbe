#include "harness/gate/shift.h"

#include "harness/statistics/rank_sum.h"
#include "harness/statistics/signed_rank.h"

namespace sockmark {
namespace {

std::vector<double> differences(const Sides& sides) {
  std::vector<double> result;
  result.reserve(sides.base.size());
  for (std::size_t i = 0; i < sides.base.size(); ++i) {
    result.push_back(sides.head.at(i) - sides.base[i]);
  }
  return result;
}

template <typename Interval>
ShiftInterval as_shift(const Interval& found) {
  return {.estimate = found.estimate,
          .low = found.low,
          .high = found.high,
          .coverage = found.coverage};
}

}  // namespace

std::vector<ShiftInterval> shift_intervals(
    const Sides& sides, Pairing pairing, std::span<const double> confidences) {
  std::vector<ShiftInterval> intervals;
  intervals.reserve(confidences.size());
  if (pairing == Pairing::paired) {
    for (const SignedRankInterval& found :
         signed_rank_intervals(differences(sides), confidences)) {
      intervals.push_back(as_shift(found));
    }
    return intervals;
  }
  for (const double confidence : confidences) {
    intervals.push_back(as_shift(
        rank_sum_interval(sides.base, sides.head, confidence).value()));
  }
  return intervals;
}

double p_of_shift(const Sides& sides, Pairing pairing, Direction direction) {
  const bool is_below = direction == Direction::below;
  if (pairing == Pairing::unpaired) {
    return is_below ? rank_sum_p_below(sides.base, sides.head)
                    : rank_sum_p_above(sides.base, sides.head);
  }
  const auto pairs = differences(sides);
  return is_below ? signed_rank_p_below(pairs, 0)
                  : signed_rank_p_above(pairs, 0);
}

std::size_t most_values(Pairing pairing) {
  return pairing == Pairing::paired ? kMostPairs : kMostInASample;
}

}  // namespace sockmark
