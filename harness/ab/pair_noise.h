// How much pairs differ where nothing differs, and what a gate would see. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "harness/gate/comparison.h"

namespace sockmark {

// The smallest worsening that 4 of 5 gates of so many pairs would see: the
// median over all gates of that size that the measured pairs can be cut into.
struct Visible {
  std::size_t pairs = 0;
  std::optional<double> worsening;  // a share; none: too few to see anything
};

struct MetricNoise {
  Metric metric;
  std::size_t pairs = 0;
  // Of head/base, robustly: 1.4826 MAD of its logarithm. None where a value is
  // 0 or less.
  std::optional<double> spread;
  std::vector<Visible> visible;
};

// Of each noisy metric in these, which are of one cell, gate after gate.
std::vector<MetricNoise> noise_in(const std::vector<Judgement>& judgements);

}  // namespace sockmark
