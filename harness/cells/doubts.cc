#include "harness/cells/doubts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "harness/cells/notes.h"
#include "harness/cells/reasons.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kMostReasons = 4;  // the rest is in trials.jsonl

// Who is in doubt for one kind of reason, by the workload.
struct Doubt {
  std::string kind = {};
  std::vector<std::string> reasons = {};  // as they were written
  std::map<std::size_t, std::vector<std::pair<const Cell*, std::size_t>>> who =
      {};
};

std::size_t usable_cells(const WorkloadCells& group) {
  return static_cast<std::size_t>(
      std::count_if(group.cells.begin(), group.cells.end(),
                    [](const Cell& cell) { return cell.usable > 0; }));
}

// Where nearly all are in doubt, those that are not make the shorter list.
std::string who_is_not(
    const std::vector<std::pair<const Cell*, std::size_t>>& who,
    const WorkloadCells& group, const CellNamer& name) {
  std::vector<std::string> others;
  std::size_t doubted = 0, trials = 0;
  for (const Cell& cell : group.cells) {
    if (cell.usable == 0) continue;
    const auto one = std::find_if(who.begin(), who.end(), [&](const auto& w) {
      return w.first == &cell;
    });
    if (one == who.end()) others.push_back(name(group, cell));
    trials += cell.trials.size();
  }
  for (const auto& [cell, count] : who) doubted += count;
  return fmt::format(
      "all{}{}{}", others.empty() ? "" : " but ", join(others, ", "),
      doubted == trials ? ""
                        : fmt::format(", in {} of {} trials", doubted, trials));
}

std::string who_is(const std::vector<std::pair<const Cell*, std::size_t>>& who,
                   const WorkloadCells& group, const CellNamer& name) {
  constexpr std::size_t kFewest = 5;  // that are worth it
  const std::size_t all = usable_cells(group);
  if (all >= kFewest && who.size() * 3 >= all * 2 && who.size() >= kFewest - 1)
    return who_is_not(who, group, name);
  std::vector<std::string> names;
  for (const auto& [cell, trials] : who) {
    const bool always = trials == cell->trials.size();
    names.push_back(name(group, *cell) +
                    (always ? "" : " in " + of_trials(trials, *cell)));
  }
  return join(names, ", ");
}

std::string list_of(const Doubt& doubt,
                    const std::vector<WorkloadCells>& groups,
                    const CellNamer& name) {
  std::vector<std::string> lists;
  for (const auto& [group, who] : doubt.who) {
    const std::string workload =
        groups.size() > 1 ? groups[group].workload.name + ": " : "";
    lists.push_back(workload + who_is(who, groups[group], name));
  }
  return join(lists, "; ");
}

// By the kind of reason, in the order they came up. `said` is a cell's doubts
// or what was left out of it; a cell without figures has a row of its own.
std::vector<Doubt> doubts_in(const std::vector<WorkloadCells>& groups,
                             std::vector<Mishap> Cell::*said) {
  std::vector<Doubt> doubts;
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const Cell& cell : groups[i].cells) {
      if (cell.usable == 0) continue;
      for (const Mishap& mishap : cell.*said) {
        const auto [place, is_new] = places.try_emplace(
            {mishap.kind, kind_of_reason(mishap.reason)}, doubts.size());
        if (is_new) doubts.push_back({.kind = mishap.kind});
        Doubt& doubt = doubts[place->second];
        doubt.reasons.push_back(mishap.reason);
        auto& who = doubt.who[i];
        if (who.empty() || who.back().first != &cell) who.push_back({&cell, 0});
        who.back().second =
            std::min(who.back().second + mishap.trials, cell.trials.size());
      }
    }
  }
  return doubts;
}

}  // namespace

std::string of_trials(std::size_t some, const Cell& cell) {
  return fmt::format("{} of {} trial{}", some, cell.trials.size(),
                     cell.trials.size() == 1 ? "" : "s");
}

std::string CellNamer::operator()(const WorkloadCells& group,
                                  const Cell& cell) const {
  std::string name = cell.server;
  if (with_tool) name += fmt::format(" ({})", cell.tool);
  if (with_workload) name += " in " + group.workload.name;
  return name;
}

std::vector<std::string> notes_on_doubts(
    const std::vector<WorkloadCells>& groups, bool with_tool) {
  const CellNamer name{.with_tool = with_tool, .with_workload = false};
  const std::vector<Doubt> doubts = doubts_in(groups, &Cell::doubts);
  std::vector<std::string> notes;
  for (const Doubt& doubt : doubts) {
    if (notes.size() == kMostReasons) {
      notes.push_back(
          fmt::format("{} suspect for {} more reasons, which are "
                      "in trials.jsonl.",
                      kSuspectMark, doubts.size() - kMostReasons));
      break;
    }
    const std::string reason = merged_reason(doubt.reasons);
    notes.push_back(fmt::format("{} suspect: {} ({}).", kSuspectMark,
                                reason.empty() ? "no reason given" : reason,
                                list_of(doubt, groups, name)));
  }
  return notes;
}

std::vector<std::string> notes_on_left_out(
    const std::vector<WorkloadCells>& groups, bool with_tool) {
  const CellNamer name{.with_tool = with_tool, .with_workload = false};
  std::vector<std::string> notes;
  for (const Doubt& doubt : doubts_in(groups, &Cell::left_out)) {
    const std::string reason = merged_reason(doubt.reasons);
    notes.push_back(fmt::format("{} left out: {}{}{} ({}).", kIncompleteMark,
                                doubt.kind, reason.empty() ? "" : ": ", reason,
                                list_of(doubt, groups, name)));
  }
  return notes;
}

}  // namespace sockmark
