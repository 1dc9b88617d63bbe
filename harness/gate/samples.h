// From trials to what is judged: one metric of one cell on both sides. Pure.
#pragma once

#include <vector>

#include "harness/gate/cell_pairs.h"
#include "harness/gate/comparison.h"
#include "harness/record/metric.h"

namespace sockmark {

// What usable trials say of each metric, cell by cell and in the order of
// `metrics`. A metric that neither side knows is left out; of one that only one
// side knows the other has no values, and that cannot be judged. Cells that
// one side lacks, or where it has no usable trial, have no samples:
// harness/gate/cell_news.h tells of them.

// base[i] and head[i] are of the same round. Of rounds in which either trial is
// not usable, or does not know the metric, there is neither.
std::vector<Samples> paired_samples(
    const std::vector<CellPair>& cells,
    const std::vector<Metric>& metrics = trial_metrics());

// In the order of the rounds, which has no meaning across the sides.
std::vector<Samples> unpaired_samples(
    const std::vector<CellPair>& cells,
    const std::vector<Metric>& metrics = trial_metrics());

}  // namespace sockmark
