// The small print of tables and charts: what was measured, how sure it is, what
// must not be read into it, and what the marks mean.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <vector>

#include "harness/cells/cells.h"

namespace sockmark {

// A cell's figures are in doubt, or not all of its trials gave some.
inline constexpr const char* kSuspectMark = "†";
inline constexpr const char* kIncompleteMark = "‡";

// What follows the server's name: "", "†", "‡" or "†‡".
std::string marks_of(const Cell& cell);

// Why trials gave no figures: "crashed: killed by SIGSEGV (6 of 6 trials)".
std::string why_left_out(const Cell& cell);

// The cell's label on a chart: the server, and the tool where it is not the
// same for all, and the marks.
std::string label_of(const Cell& cell, bool with_tool);

// How many trials the medians are of, and what their intervals are.
std::string note_on_intervals(const std::vector<WorkloadCells>& groups);

// That the latencies of a closed loop are no ranking; empty for an open loop.
std::string note_on_latency(const Workload& workload);

// What each mark that occurs stands for, and which servers left connections
// without an answer. A sentence each.
std::vector<std::string> notes_on_cells(
    const std::vector<WorkloadCells>& groups);

}  // namespace sockmark
