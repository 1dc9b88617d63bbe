// A comparison as text: for a terminal, and for a Markdown page such as the
// summary of a CI job. First the verdict in a line, then the two sides, then a
// table per cell, the worst first.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <string>

#include "harness/gate/comparison.h"
#include "harness/tables/table.h"

namespace sockmark {

// No line is wider than the terminal: columns are left out instead, the least
// important first, and what is left out is said. For 40 columns and more.
std::string terminal_table(const Comparison& comparison,
                           const TerminalStyle& style = {});

// What GitHub takes for a step's summary.
inline constexpr std::size_t kMostSummaryBytes = std::size_t{1} << 20;

// All columns, as GitHub renders it: the cells that regressed, then the rest in
// a part that opens on a click. What does not fit into `most_bytes`, which is
// at least 64 KiB, is left out and counted.
std::string markdown(const Comparison& comparison,
                     std::size_t most_bytes = kMostSummaryBytes);

}  // namespace sockmark
