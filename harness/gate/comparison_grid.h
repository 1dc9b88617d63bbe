// The tables of a comparison before they are laid out: one per cell. Internal
// to the files that make them.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/gate/comparison.h"
#include "harness/tables/grid.h"

namespace sockmark {

struct ComparedCell {
  Grid grid;                       // its title is the cell's name
  std::vector<Finding> findings;   // one per row
  std::vector<Judgement> figures;  // one per row
};

// The worst cells first, else in the order of the judgements; all with the same
// columns. Those of which nothing is known are left out, and so are the counts
// where all are alike.
std::vector<ComparedCell> compared_cells(const Comparison& comparison);

// Regressed before inconclusive before improved before the rest: 0 to 3.
int severity(Finding finding);
Finding worst_of(const ComparedCell& cell);

// Why figures are inconclusive, or what an exact rule saw where they are not
// the same: "? p99: …". Unless the grid has a column for it, also from which
// worsening on it would have been seen.
std::vector<std::string> reasons_of(const ComparedCell& cell);

// All rows in one grid, to be laid out alike.
Grid merged(const std::vector<ComparedCell>& cells);

}  // namespace sockmark
