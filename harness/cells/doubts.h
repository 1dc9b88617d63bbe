// The small print on suspect and missing figures: why, and whose.
// Internal to the notes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/cells/cells.h"

namespace sockmark {

// "2 of 6 trials", all of the cell's.
std::string of_trials(std::size_t some, const Cell& cell);

// The name that tells a cell from all others.
struct CellNamer {
  bool with_tool;
  bool with_workload;

  std::string operator()(const WorkloadCells& group, const Cell& cell) const;
};

// A sentence for each kind of reason, with the range of its numbers; the first
// few, and how many more there are.
std::vector<std::string> notes_on_doubts(
    const std::vector<WorkloadCells>& groups, bool with_tool);

// The same of trials that gave no figures, where others of their cell did.
std::vector<std::string> notes_on_left_out(
    const std::vector<WorkloadCells>& groups, bool with_tool);

}  // namespace sockmark
