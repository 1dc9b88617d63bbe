#include "harness/cells/notes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <map>
#include <utility>

#include "harness/cells/doubts.h"
#include "harness/cells/reasons.h"
#include "harness/text/text.h"
#include "lib/duration.h"

namespace sockmark {
namespace {

std::string in_words(const Mishap& mishap, const Cell& cell) {
  return fmt::format("{}{}{} ({})", mishap.kind,
                     mishap.reason.empty() ? "" : ": ", mishap.reason,
                     of_trials(mishap.trials, cell));
}

// "6 rounds of 5.00 s", the length only where it is the same for all.
std::string rounds_of(std::size_t n, const std::vector<WorkloadCells>& groups) {
  std::string text = fmt::format("{} round{}", n, n == 1 ? "" : "s");
  const std::int64_t length = groups.front().workload.duration_ns;
  for (const WorkloadCells& group : groups) {
    if (group.workload.duration_ns != length) return text;
  }
  if (length <= 0) return text;
  return text + " of " + format_duration(std::chrono::nanoseconds(length));
}

bool starves(const WorkloadCells& group, const Cell& cell) {
  return group.workload.keep_alive && cell.connections_served &&
         cell.connections_served->median < group.workload.connections;
}

}  // namespace

std::string marks_of(const Cell& cell) {
  if (cell.usable == 0) return "";
  std::string marks;
  if (!cell.doubts.empty()) marks += kSuspectMark;
  if (!cell.left_out.empty()) marks += kIncompleteMark;
  return marks;
}

std::string why_left_out(const Cell& cell) {
  std::vector<std::string> reasons;
  for (const Mishap& mishap : merged(cell.left_out)) {
    reasons.push_back(in_words(mishap, cell));
  }
  return join(reasons, "; ");
}

std::string label_of(const Cell& cell, bool with_tool) {
  const std::string marks = marks_of(cell);
  return fmt::format("{}{}{}{}", cell.server,
                     with_tool ? fmt::format(" ({})", cell.tool) : "",
                     marks.empty() ? "" : " ", marks);
}

std::string note_on_intervals(const std::vector<WorkloadCells>& groups) {
  std::map<std::size_t, double> coverage;  // by the number of rounds
  for (const WorkloadCells& group : groups) {
    for (const Cell& cell : group.cells) {
      if (!cell.requests_per_second) continue;
      const MedianInterval& median = *cell.requests_per_second;
      coverage[median.n] = median.coverage;
    }
  }
  if (coverage.empty()) return "No trial gave figures.";
  const auto [n, share] = *coverage.rbegin();
  if (n == 1)
    return "One round of each: its figures stand for the medians, without "
           "intervals.";
  if (coverage.size() == 1) {
    return fmt::format(
        "Medians of {}; ±: the farther end of their {} interval (order "
        "statistics).",
        rounds_of(n, groups), format_percent(share));
  }
  std::vector<std::string> cases;
  for (const auto& [rounds, covered] : coverage) {
    cases.push_back(rounds == 1 ? "none for 1 round"
                                : fmt::format("{} for n = {}",
                                              format_percent(covered), rounds));
  }
  return fmt::format(
      "Medians of up to {}; ±: the farther end of their interval (order "
      "statistics: {}).",
      rounds_of(n, groups), join(cases, ", "));
}

std::string note_on_latency(const Workload& workload) {
  if (workload.rate_per_second) return "";
  return "Closed loop: every latency is under the load that its own server let "
         "through. Do not rank servers by it.";
}

std::vector<std::string> notes_on_cells(
    const std::vector<WorkloadCells>& groups) {
  const CellNamer name{.with_tool = has_several_tools(groups),
                       .with_workload = groups.size() > 1};
  std::vector<std::string> notes = notes_on_doubts(groups, name.with_tool);
  for (std::string& note : notes_on_left_out(groups, name.with_tool)) {
    notes.push_back(std::move(note));
  }
  std::vector<std::string> starving;
  for (const WorkloadCells& group : groups) {
    for (const Cell& cell : group.cells) {
      if (starves(group, cell)) starving.push_back(name(group, cell));
    }
  }
  if (!starving.empty()) {
    notes.push_back(fmt::format(
        "The wait of connections that never got an answer is in no latency "
        "({}).",
        fmt::join(starving, ", ")));
  }
  return notes;
}

}  // namespace sockmark
