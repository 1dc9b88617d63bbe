// Where a sequence is most unlike itself, before and after: one step of
// E-divisive (Matteson and James, A Nonparametric Approach for Multiple Change
// Point Analysis of Multivariate Data, JASA 109, 2014, with alpha = 1), within
// windows as Hunter does it (Fleming, Kolaczkowski and others, ICPE 2023), so
// that a change that was taken back later is found too. Outliers are cut off,
// so that a few do not hide a step.
//
// All in whole numbers: the same on every machine. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sockmark {

// How far values are from their median, in thousandths of their robust standard
// deviation (1.4826 MAD), and at most three of those.
using Levels = std::vector<std::int32_t>;

Levels levels_of(std::span<const double> values);

// The energy distance between what lies before a split and after it, weighted
// with their lengths; a fraction that is compared and never divided.
struct Energy {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;  // above 0

  bool operator<(const Energy& other) const {
    return numerator * other.denominator < other.numerator * denominator;
  }
};

struct EnergySplit {
  std::size_t index = 0;  // the first after it
  Energy energy;
};

struct SplitRules {
  std::size_t least_segment = 5;  // to either side
  std::size_t window = 50;        // at least twice that
  std::size_t short_window = 20;  // the same
};

// The best split of all in windows of that length, each half over the next, and
// in short ones, each three quarters over the next: what comes and goes within
// a window has no split there. In the whole, if it is shorter. Nothing where no
// split leaves enough on both sides.
std::optional<EnergySplit> best_split(std::span<const std::int32_t> levels,
                                      const SplitRules& rules);

// Whether as much energy comes about when the same values stand in another
// order: at least once in so many permutations. Then the split is nothing; else
// one that chance brings about in one sequence of `permutations` + 1 at most.
bool chance_does_as_well(std::span<const std::int32_t> levels,
                         const SplitRules& rules, const Energy& energy,
                         int permutations, std::uint64_t seed);

}  // namespace sockmark
