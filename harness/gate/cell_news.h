// What is to be told of two sides beside their figures: cells that came, went
// or failed, and servers that did not change. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/gate/cell_pairs.h"

namespace sockmark {

// All but `notes` are as in Comparison, where they belong.
struct CellNews {
  std::vector<std::string> missing, fresh, failed, identical;
  std::vector<std::string> notes;  // a sentence each
};

// Identical are servers of ours that were the same program with the same
// arguments in all trials of both sides.
CellNews news_of(const std::vector<CellPair>& cells);

// What went wrong on one side of a cell.
struct Trouble {
  std::string what;         // "crashed in round 3 of 10: killed by SIGSEGV"
  bool is_fault = false;    // the server's, and no noise explains it
  bool has_figures = true;  // in spite of it
};

// A side has failed that has no figures, or whose server is at fault. If only
// the base is, and has figures, or nobody is, that is a note: the gate must not
// fail a change for it.
void tell_trouble(const std::string& cell, const std::optional<Trouble>& base,
                  const std::optional<Trouble>& head, CellNews& news);

}  // namespace sockmark
