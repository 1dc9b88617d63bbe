// The charts of a comparison, as data for gnuplot.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/charts/chart.h"
#include "harness/gate/comparison.h"

namespace sockmark {

// How many figures are drawn; the rest is in the tables.
inline constexpr std::size_t kMostForestRows = 120;
inline constexpr std::size_t kMostDistributions = 24;

// "forest": head/base of every figure with its interval and margin. None where
// nothing was judged. `provenance` is the last line of the small print.
std::optional<Chart> forest_chart(const Comparison& comparison,
                                  const std::string& provenance);

// "distributions": every value of both sides, a panel per figure. None where no
// values differ.
std::optional<Chart> distributions_chart(const Comparison& comparison,
                                         const std::string& provenance);

// Both, as far as there is something to draw.
std::vector<Chart> comparison_charts(const Comparison& comparison,
                                     const std::string& provenance);

// The figures in the order of the charts: what regressed first, then by how
// much worse the new side is; last those of which that is not known. Internal
// to the charts.
std::vector<const Judgement*> worst_first(const Comparison& comparison);

// "base main (1a2b3c4) · head topic (5d6e7f8, dirty)", shortened to fit in one
// line of a chart.
std::string sides_line(const Comparison& comparison);

}  // namespace sockmark
