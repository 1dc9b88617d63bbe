// The cells of a run as test cases.
#include <fmt/format.h>

#include <algorithm>

#include "harness/cells/notes.h"
#include "harness/exports/cell_figures.h"
#include "harness/exports/cell_names.h"
#include "harness/exports/junit.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

// Somebody's fault, and the server's at that, or the load tool's.
bool has_failed(const TrialRecord& trial) {
  return trial.status != TrialStatus::ok &&
         trial.status != TrialStatus::unavailable &&
         trial.status != TrialStatus::interrupted;
}

bool gave_no_chance(const TrialRecord& trial) {
  return trial.status == TrialStatus::unavailable ||
         trial.status == TrialStatus::interrupted;
}

// A comparison has a case of its own for a side that failed in spite of
// figures, and lets a single trial of the base fail. Where it found the machine
// too noisy, want of figures is no fault of the server's.
JUnitCase::Outcome outcome_of(const Cell& cell,
                              const std::optional<Comparison>& comparison) {
  const auto& trials = cell.trials;
  const bool any_failed = std::any_of(trials.begin(), trials.end(), has_failed);
  if (any_failed && !(comparison && cell.usable > 0)) {
    return JUnitCase::Outcome::failure;
  }
  if (cell.usable > 0) return JUnitCase::Outcome::passed;
  if (comparison && comparison->too_noisy) return JUnitCase::Outcome::skipped;
  return std::all_of(trials.begin(), trials.end(), gave_no_chance)
             ? JUnitCase::Outcome::skipped
             : JUnitCase::Outcome::failure;
}

std::optional<double> measured_seconds(const Cell& cell) {
  constexpr double kNsPerSecond = 1e9;
  std::optional<double> seconds;
  for (const TrialRecord& trial : cell.trials) {
    if (!trial.load || !trial.load->measured_ns) continue;
    seconds = seconds.value_or(0) +
              static_cast<double>(*trial.load->measured_ns) / kNsPerSecond;
  }
  return seconds;
}

// "cpu_ns_per_request", and its interval where there is one.
void add_figures(JUnitCase& one, const Cell& cell) {
  for (const ExportedFigure& figure : exported_figures()) {
    const auto summary = summary_of(figure, cell);
    if (!summary) continue;
    const auto add = [&](const char* end, double value) {
      one.properties.emplace_back(std::string(figure.name) + end,
                                  fmt::format("{}", value));
    };
    add("", summary->median);
    if (!summary->has_interval()) continue;
    add(".low", summary->low);
    add(".high", summary->high);
    add(".coverage", summary->coverage);
  }
}

std::string doubts_of(const Cell& cell) {
  std::vector<std::string> lines;
  for (const Mishap& doubt : cell.doubts) {
    lines.push_back(fmt::format("{}: {} ({} of {} trials)", doubt.kind,
                                doubt.reason, doubt.trials,
                                cell.trials.size()));
  }
  if (!cell.left_out.empty()) {
    lines.push_back("left out: " + why_left_out(cell));
  }
  return join(lines, "\n");
}

JUnitCase case_of(const NamedCell& named,
                  const std::optional<Comparison>& comparison) {
  const Cell& cell = *named.cell;
  const Workload& workload = named.group->workload;
  JUnitCase one;
  one.class_name = one_line(workload.name);
  one.name = fmt::format("{}/c{}{}", one_line(cell.server),
                         workload.connections, path_of_factors(named));
  one.seconds = measured_seconds(cell);
  one.outcome = outcome_of(cell, comparison);
  if (one.outcome != JUnitCase::Outcome::passed) {
    one.type = cell.usable == 0 ? "failed" : "failed in some trials";
    one.message = why_left_out(cell);
  }
  one.output = doubts_of(cell);
  one.properties.emplace_back("trials", fmt::format("{}", cell.trials.size()));
  one.properties.emplace_back("usable_trials", fmt::format("{}", cell.usable));
  add_figures(one, cell);
  return one;
}

}  // namespace

std::vector<JUnitSuite> junit_suites_of(const ExportedRun& run) {
  std::vector<JUnitSuite> suites;
  const std::vector<NamedCell> cells = named_cells(run.groups);
  for (const WorkloadCells& group : run.groups) {
    JUnitSuite& suite = suites.emplace_back();
    suite.name = describe(group.workload);
    suite.properties = {{"run", run.name}, {"provenance", run.provenance}};
    for (const NamedCell& cell : cells) {
      if (cell.group == &group)
        suite.cases.push_back(case_of(cell, run.comparison));
    }
  }
  return suites;
}

}  // namespace sockmark
