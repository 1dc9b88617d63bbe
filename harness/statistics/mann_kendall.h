// Whether a sequence rises or falls: Mann, Nonparametric Tests Against Trend,
// Econometrica 13 (1945); Kendall, Rank Correlation Methods, for ties.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <span>

namespace sockmark {

struct MannKendall {
  double score = 0;     // pairs that rise, less those that fall
  double variance = 0;  // of that, where there is no trend

  // How far from no trend, in standard deviations; 0 where nothing is known.
  double z() const;

  // Of sequences that are told apart: whether they rise together.
  MannKendall& operator+=(const MannKendall& other);
};

MannKendall mann_kendall(std::span<const double> values);

}  // namespace sockmark
