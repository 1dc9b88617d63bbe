#include "harness/compare/baseline_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "harness/compare/not_comparable.h"
#include "harness/compare/tripwire.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Entries = std::vector<const BaselineEntry*>;

Entries comparable_entries(const Baseline& baseline, const RecordedRun& run) {
  Entries found;
  std::vector<std::string> last_differences;
  for (const BaselineEntry& entry : baseline.entries) {
    if (entry.run == run.run) continue;
    const auto lines = differences(entry.fingerprint, run.fingerprint);
    if (lines.empty()) {
      found.push_back(&entry);
    } else {
      last_differences = lines;
    }
  }
  if (found.empty()) {
    throw NotComparable(
        "no comparable baseline for " + run.name +
        (last_differences.empty()
             ? ": it is empty"
             : ": of its last entry differ " + join(last_differences, "; ")));
  }
  const std::string reference = found.back()->reference;
  std::erase_if(found, [&](const BaselineEntry* entry) {
    return entry->reference != reference;
  });
  return found;
}

bool is_same(const BaselineCell& a, const BaselineCell& b) {
  return a.server == b.server && a.workload_hash == b.workload_hash &&
         a.tool_version == b.tool_version;
}

const BaselineCell* find(const BaselineEntry& entry, const BaselineCell& like) {
  for (const BaselineCell& cell : entry.cells) {
    if (is_same(cell, like)) return &cell;
  }
  return nullptr;
}

const BaselineFigure* find(const BaselineCell& cell,
                           const std::string& metric) {
  for (const BaselineFigure& figure : cell.figures) {
    if (figure.metric == metric) return &figure;
  }
  return nullptr;
}

// The logarithm of its quotient with the reference, more being better.
std::optional<double> goodness(const BaselineFigure& figure, Better better) {
  if (!figure.reference_median) return std::nullopt;
  const double quotient = std::log(figure.median / *figure.reference_median);
  return better == Better::higher ? quotient : -quotient;
}

std::vector<double> history_of(const BaselineCell& cell, const Metric& metric,
                               const Entries& entries) {
  std::vector<double> history;
  for (const BaselineEntry* const entry : entries) {
    const BaselineCell* const then = find(*entry, cell);
    const BaselineFigure* const figure =
        then == nullptr ? nullptr : find(*then, metric.name);
    if (figure == nullptr) continue;
    if (const auto value = goodness(*figure, metric.better)) {
      history.push_back(*value);
    }
  }
  return history;
}

// Nothing where there is too little history.
std::optional<Held> hold(const BaselineCell& cell, const BaselineFigure& figure,
                         const Metric& metric, const Entries& entries) {
  const auto expected = expect_from(history_of(cell, metric, entries));
  const auto now = goodness(figure, metric.better);
  if (!expected || !now) return std::nullopt;
  const double sign = metric.better == Better::higher ? 1 : -1;
  Held held = {.cell = cell.name,
               .metric = metric,
               .entries = expected->entries,
               .ratio = std::exp(sign * (*now - expected->centre)),
               .limit = std::exp(sign * (expected->limit - expected->centre))};
  // What it would be, had its quotient not changed.
  const double usual = figure.median / held.ratio;
  held.has_tripped = *now < expected->limit &&
                     std::abs(figure.median - usual) > metric.margin.absolute;
  return held;
}

void hold_all(const BaselineCell& cell, const Entries& entries,
              BaselineCheck& check) {
  bool is_young = !cell.figures.empty();
  for (const Metric& metric : trial_metrics()) {
    const BaselineFigure* const figure = find(cell, metric.name);
    if (figure == nullptr) continue;
    const auto held = hold(cell, *figure, metric, entries);
    if (!held) continue;
    is_young = false;
    check.held.push_back(*held);
  }
  if (is_young) check.young.push_back(cell.name);
}

// What the newest entry has and the run has not.
void find_lost(const BaselineEntry& newest, const BaselineEntry& now,
               BaselineCheck& check) {
  for (const BaselineCell& cell : newest.cells) {
    if (cell.figures.empty()) continue;
    const BaselineCell* const found = find(now, cell);
    if (found == nullptr) {
      check.lost.push_back(cell.name + ": not in this run");
    } else if (found->figures.empty()) {
      check.lost.push_back(cell.name + ": no usable trial in this run");
    } else {
      for (const BaselineFigure& figure : cell.figures) {
        if (find(*found, figure.metric) != nullptr) continue;
        check.lost.push_back(
            fmt::format("{}: no {} in this run", cell.name, figure.metric));
      }
    }
  }
}

}  // namespace

bool BaselineCheck::has_tripped() const {
  return !lost.empty() || std::any_of(held.begin(), held.end(), [](auto& one) {
    return one.has_tripped;
  });
}

BaselineCheck check_against(const Baseline& baseline, const RecordedRun& run) {
  const Entries entries = comparable_entries(baseline, run);
  const BaselineEntry& newest = *entries.back();
  const BaselineEntry now = entry_of(run, newest.reference);
  BaselineCheck check = {.run = run.name,
                         .reference = newest.reference,
                         .commit = newest.commit,
                         .entries = entries.size(),
                         .held = {},
                         .lost = {},
                         .young = {},
                         .notes = run.notes};
  for (const BaselineCell& cell : now.cells) {
    if (cell.server != check.reference) hold_all(cell, entries, check);
  }
  find_lost(newest, now, check);
  if (check.held.empty() && check.lost.empty()) {
    throw NotComparable(fmt::format(
        "no comparable baseline for {} yet: {} comparable {}, and it takes {} "
        "for any figure",
        run.name, entries.size(), entries.size() == 1 ? "entry" : "entries",
        kFewestEntries));
  }
  if (now.reference_sha256 != newest.reference_sha256) {
    check.notes.push_back(fmt::format(
        "The reference server {} is not the program that it was in the newest "
        "entry: what changed in it is in all ratios.",
        check.reference));
  }
  return check;
}

}  // namespace sockmark
