// Where the level of a sequence of measurements changed, and whether it creeps.
//
// E-divisive with a permutation test, then merging as Hunter and Apache Otava
// do it: of neighbouring segments that cannot be told apart or hardly differ,
// the boundary that is least sure goes first. Different from them: ranks and
// the exact rank-sum test instead of means and Student's t, so that neither the
// shape of the noise nor a few outliers matter, and the first pass is no more
// lenient than the second. Segments have a least length, so an outlier at the
// end is none.
//
// Levels are compared as logarithms: 5 % up and down are equally far.
// Reproducible: whole numbers, an engine that the standard defines, a fixed
// seed. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "harness/history/energy_split.h"

namespace sockmark {

struct ChangePointRules {
  std::size_t fewest_values = 30;  // of fewer nothing is said
  SplitRules split = {};
  double p = 0.001;      // what chance may do
  double factor = 1.05;  // the least change of the median, up or down
  std::uint64_t seed = 1;
};

// Below this not even the clearest step has so small a p.
inline constexpr std::size_t kFewestToSplit = 16;

struct ChangePoint {
  std::size_t index = 0;  // the first value of the new level
  double ratio = 1;       // of the medians, after / before; without the drift
  double p = 1;           // of the rank-sum test on up to half a window on each
                          // side; that the place was searched for is not in it
};

// The level creeps: a slope, with or without steps, fits better than steps.
struct Drift {
  double ratio = 1;  // from the first value to the last, steps left out
  double z = 0;      // Mann and Kendall's, steps left out
};

struct Changes {
  std::vector<ChangePoint> points;  // in order
  // There is one: then `points` are those that are left without it. A slope
  // looks like stairs to whoever looks for steps.
  std::optional<Drift> drift;
};

// Of values above 0, oldest first. Nothing of fewer than the rules ask for.
// Throws std::invalid_argument for a value that has no logarithm.
std::optional<Changes> find_changes(std::span<const double> values,
                                    const ChangePointRules& rules = {});

// Where the segments begin, and the end of the last: 0, ..., `size`.
std::vector<std::size_t> boundaries_of(const std::vector<ChangePoint>& points,
                                       std::size_t size);

}  // namespace sockmark
