// What the table of one workload says, before it is laid out for a terminal or
// for Markdown.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/cells/cells.h"

namespace sockmark {

struct Column {
  std::string heading;
  std::string unit;      // empty: none
  bool is_text = false;  // set flush left; figures are set flush right
  int importance = 0;    // where there is no room, the least goes first
};

struct Grid {
  struct Failure {
    std::string server;
    std::string why;
  };
  std::string title;
  std::vector<Column> columns;                 // the first is the server
  std::vector<std::vector<std::string>> rows;  // best first; as many fields
  std::vector<Failure> failures;               // servers without figures
  std::vector<std::string> notes;  // how to read it, a sentence each
};

// One per workload. Columns of which nothing is known are left out.
std::vector<Grid> grids_of(const std::vector<WorkloadCells>& groups);

// The notes that all of several grids have, to be printed once below them; none
// of a single grid.
std::vector<std::string> shared_notes(const std::vector<Grid>& grids);

// The grid's notes without those.
std::vector<std::string> own_notes(const Grid& grid,
                                   const std::vector<std::string>& shared);

}  // namespace sockmark
