// Trials grouped by what they measured, and each group's figures.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/record/record.h"
#include "harness/statistics/stats.h"
#include "harness/verdict/verdict.h"

namespace sockmark {

// Why trials give no figures or doubtful ones.
struct Mishap {
  std::string kind;    // in words: "crashed", "not ready", "invalid", "suspect"
  std::string reason;  // in a line; empty when nothing was said
  std::size_t trials = 0;
};

// One server under one workload by one tool.
struct Cell {
  std::string server;
  std::string tool;
  std::vector<TrialRecord> trials;

  // The figures are those of the usable trials alone, and absent where none of
  // them knows.
  std::size_t usable = 0;
  std::optional<MedianInterval> requests_per_second;
  std::optional<MedianInterval> p50_ns;
  std::optional<MedianInterval> p99_ns;
  std::optional<MedianInterval> p99_9_ns;
  std::optional<MedianInterval> cpu_ns_per_request;
  std::optional<MedianInterval> cpu_user_share;  // of that
  std::optional<MedianInterval> pss_loaded_bytes;
  std::optional<MedianInterval> bytes_per_second;  // received
  std::optional<MedianInterval> connections_served;
  // Of the tool's whole life, warm-up included, over the measured requests.
  std::optional<MedianInterval> tool_cpu_ns_per_request;
  std::optional<std::uint64_t> errors;  // of all usable trials together

  std::vector<Mishap> left_out;  // failed and invalid trials, by reason
  std::vector<Mishap> doubts;    // of suspect trials, which are usable

  std::size_t trials_left_out() const { return trials.size() - usable; }
};

// What can be put side by side: the same was asked of all of them.
struct WorkloadCells {
  Workload workload;        // its `tool` is empty: each cell has its own
  std::vector<Cell> cells;  // by median req/s, highest first; then those
                            // without figures, in the order they were run
};

// One group per workload, in the order of first appearance. Workloads that
// share a name and differ in anything else (such as the connections) are apart.
std::vector<WorkloadCells> group_cells(std::vector<TrialRecord> trials);

// Its status is ok, it has figures, and they are not invalid.
bool is_usable(const TrialRecord& trial);

// Whether more than one load tool occurs, so that cells must name theirs.
bool has_several_tools(const std::vector<WorkloadCells>& groups);

// What was asked, in words. Defaults go without saying.
struct WorkloadPart {
  std::string_view factor;  // "connections", "keep_alive", "body", ...
  std::string text;         // "64 connections"
};
std::vector<WorkloadPart> parts_of(const Workload& workload);

// "short: 64 connections, one request each, closed loop"
std::string describe(const Workload& workload);

}  // namespace sockmark
