// Figures as text: for a terminal, for a Markdown page, for a spreadsheet.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/cells/cells.h"
#include "harness/record/record.h"
#include "harness/text/terminal.h"

namespace sockmark {

// A table per workload. No line of it is wider than the terminal: columns are
// left out instead, the least important first, and what is left out is said.
// For 40 columns and more.
std::string terminal_table(const std::vector<WorkloadCells>& groups,
                           const TerminalStyle& style = {});

// The same with all columns, as GitHub renders it.
std::string markdown_table(const std::vector<WorkloadCells>& groups);

// One row per trial, failed ones included, under a row of names that hold the
// units; as in RFC 4180, but with LF. What is not known is empty.
std::string csv_table(const std::vector<TrialRecord>& trials);

}  // namespace sockmark
