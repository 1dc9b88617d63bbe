// What is said of a whole comparison: whatever stands above and below its
// tables.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/gate/comparison.h"

namespace sockmark {

// What the figures are of: pairs or not, and how many. A sentence each.
std::vector<std::string> notes_on_samples(const Comparison& comparison);

// Which servers are the same on both sides; empty for none.
std::string note_on_identical(const Comparison& comparison);

// How to read the tables without the columns that are left out, a sentence or
// two each.
std::vector<std::string> notes_on_reading(
    const Comparison& comparison, const std::vector<std::string>& left_out);

// Cells and failures that have no figures, under a heading each.
struct CellList {
  std::string heading;
  std::vector<std::string> items;
  bool is_bad = false;  // it makes the gate fail
};
std::vector<CellList> lists_of(const Comparison& comparison);

}  // namespace sockmark
