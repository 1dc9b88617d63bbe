// Two stored runs.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/compare/stored_comparison.h"
#include "harness/gate/cell_pairs.h"
#include "harness/gate/samples.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Versions = std::map<std::string, std::set<std::string>>;  // by tool

Versions versions_of_tools(const RecordedRun& run) {
  Versions versions;
  for (const TrialRecord& trial : run.trials) {
    if (!trial.load || !trial.load->tool_version) continue;
    versions[trial.workload.tool].insert(*trial.load->tool_version);
  }
  return versions;
}

// Of tools that both used: another version counts in another way.
std::vector<std::string> tool_differences(const RecordedRun& base,
                                          const RecordedRun& head) {
  const auto listed = [](const std::set<std::string>& all) {
    return join({all.begin(), all.end()}, " and ");
  };
  const Versions of_head = versions_of_tools(head);
  std::vector<std::string> lines;
  for (const auto& [tool, of_base] : versions_of_tools(base)) {
    const auto other = of_head.find(tool);
    if (other == of_head.end() || other->second == of_base) continue;
    lines.push_back(fmt::format("{}: {} in the base, {} in the new one", tool,
                                listed(of_base), listed(other->second)));
  }
  return lines;
}

std::size_t rounds_of(const CellPair& cell) {
  return std::max(cell.base.size(), cell.head.size());
}

std::vector<std::string> notes_on(const RecordedRun& base,
                                  const RecordedRun& head) {
  std::vector<std::string> notes = {
      "What drifted on the machine between the two runs counts as a difference "
      "of the servers: the gate is sockmark ab, which measures both in turns."};
  if (!base.run.empty() && base.run == head.run && base.date == head.date) {
    notes.push_back(fmt::format(
        "Both sides are the same run, {}: this shows nothing of a change.",
        base.run));
  }
  for (const RecordedRun* const run : {&base, &head}) {
    notes.insert(notes.end(), run->notes.begin(), run->notes.end());
  }
  if (base.loadgen_sha256 && head.loadgen_sha256 &&
      base.loadgen_sha256 != head.loadgen_sha256) {
    notes.emplace_back(
        "The load generators are not the same program: a difference may be "
        "theirs.");
  }
  return notes;
}

}  // namespace

Comparison compare_runs(const RecordedRun& base, const RecordedRun& head,
                        bool force) {
  const auto cells = pair_cells(base.trials, head.trials);
  StoredSides sides = {
      .base = {base.name, description_of(base)},
      .head = {head.name, description_of(head)},
      .machine = differences(base.fingerprint, head.fingerprint),
      .notes = notes_on(base, head),
      .news = news_of(cells),
      .cells = cells.size(),
      .samples = unpaired_samples(cells)};
  for (std::string& line : tool_differences(base, head)) {
    sides.machine.push_back(std::move(line));
  }
  for (const CellPair& cell : cells) {
    sides.rounds = std::max(sides.rounds, static_cast<int>(rounds_of(cell)));
  }
  return compare_sides(std::move(sides), force);
}

}  // namespace sockmark
