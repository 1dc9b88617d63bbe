// Where the level of a sequence of measurements changed, and whether it creeps.
//
// E-divisive with a permutation test, then merging as Hunter and Apache Otava
// do it: as long as neighbouring segments cannot be told apart, the boundary
// that is least sure goes; then, as long as any hardly differ, the smallest
// step. Different from them: the exact rank-sum test and medians instead of
// Student's t and means, so that neither the shape of the noise nor a few
// outliers matter, and a first pass that is no more lenient than the second.
// Segments have a least length, so an outlier at the end is no change.
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

// Of fewer, shuffles too often do as well as even the clearest step: of 14 once
// in 1,716 times, of 16 once in 6,435.
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
  double z = 0;      // Mann and Kendall's, within the segments
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
