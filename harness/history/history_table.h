// A history for a terminal. Pure.
#pragma once

#include <string>

#include "harness/history/history_notes.h"
#include "harness/tables/table.h"

namespace sockmark {

// A table per workload with a row per cell: its latest figure, its last change
// and its course; then all changes, the latest first, with the runs and the
// commits they lie between. No line is wider than the terminal. For 40 columns
// and more.
std::string history_table(const HistoryReport& report,
                          const TerminalStyle& style = {});

}  // namespace sockmark
