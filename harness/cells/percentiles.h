// The whole distribution of a cell's latencies, from its trials' histograms.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/cells/cells.h"
#include "harness/statistics/hdr_histogram.h"

namespace sockmark {

// Of all usable trials together: counts add up without loss. None where no
// trial stored one; a trial without, or with one that cannot be read, is left
// out and not counted in `trials`.
struct CellHistogram {
  ValueCounts counts;
  std::uint64_t values = 0;
  std::size_t trials = 0;
};
std::optional<CellHistogram> histogram_of(const Cell& cell);

struct Quantile {
  double beyond = 1;  // the share of values above it, as one in so many
  double ns = 0;
};

// From the minimum (one in 1) up to the last of which at least 20 values are
// beyond: more would be chance. Evenly spaced on a logarithmic axis.
std::vector<Quantile> quantiles_of(const CellHistogram& histogram);

}  // namespace sockmark
