#include "harness/compare/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "harness/cells/cells.h"
#include "harness/compare/not_comparable.h"
#include "harness/gate/cell_pairs.h"
#include "harness/record/metric.h"
#include "harness/statistics/noise.h"
#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

std::vector<BaselineFigure> figures_of(const std::vector<TrialRecord>& trials) {
  std::vector<BaselineFigure> figures;
  for (const Metric& metric : trial_metrics()) {
    if (metric.rule != Rule::noisy) continue;
    std::vector<double> values;
    for (const TrialRecord& trial : trials) {
      if (!is_usable(trial)) continue;
      if (const auto value = value_of(metric.name, trial)) {
        values.push_back(*value);
      }
    }
    // What is 0 has no ratio to anything.
    const auto middle = median(values);
    if (!middle || !(*middle > 0)) continue;
    figures.push_back({.metric = metric.name,
                       .median = *middle,
                       .n = values.size(),
                       .variation = robust_spread(values),
                       .reference_median = std::nullopt});
  }
  return figures;
}

std::optional<std::string> tool_version_in(
    const std::vector<TrialRecord>& trials) {
  for (const TrialRecord& trial : trials) {
    if (trial.load && trial.load->tool_version) return trial.load->tool_version;
  }
  return std::nullopt;
}

// `name` is the run's, for messages.
void divide_by_reference(const std::string& name, BaselineEntry& entry) {
  std::map<std::pair<std::string, std::string>, double> medians;
  for (const BaselineCell& cell : entry.cells) {
    if (cell.server != entry.reference) continue;
    for (const BaselineFigure& figure : cell.figures) {
      medians[{cell.workload_hash, figure.metric}] = figure.median;
    }
  }
  if (medians.empty()) {
    throw NotComparable(fmt::format(
        "{} has no figures of the reference server '{}': it has to be measured "
        "in the same run (baseline add --reference names another)",
        name, entry.reference));
  }
  for (BaselineCell& cell : entry.cells) {
    for (BaselineFigure& figure : cell.figures) {
      const auto found = medians.find({cell.workload_hash, figure.metric});
      if (found != medians.end()) figure.reference_median = found->second;
    }
  }
}

// The binary of a server, if all trials are of the same one.
std::optional<std::string> sha256_of(const std::string& server,
                                     const std::vector<TrialRecord>& trials) {
  std::optional<std::string> sha256;
  for (const TrialRecord& trial : trials) {
    if (trial.server.name != server) continue;
    if (sha256 && sha256 != trial.server.sha256) return std::nullopt;
    sha256 = trial.server.sha256;
  }
  return sha256;
}

}  // namespace

BaselineEntry entry_of(const RecordedRun& run, const std::string& reference) {
  BaselineEntry entry = {.run = run.run,
                         .date = run.date,
                         .commit = run.commit.value_or(""),
                         .fingerprint = run.fingerprint,
                         .reference = reference,
                         .reference_sha256 = sha256_of(reference, run.trials),
                         .cells = {}};
  for (const CellPair& cell : pair_cells({}, run.trials)) {
    entry.cells.push_back({.name = cell.name,
                           .server = cell.server,
                           .workload = cell.workload.name,
                           .workload_hash = hash_of(cell.workload),
                           .tool = cell.workload.tool,
                           .tool_version = tool_version_in(cell.head),
                           .figures = figures_of(cell.head)});
  }
  divide_by_reference(run.name, entry);
  return entry;
}

Baseline with_run(Baseline baseline, const RecordedRun& run,
                  const std::string& reference) {
  const auto refuse = [&](const std::string& why) {
    throw std::runtime_error(
        fmt::format("{} cannot be in a baseline: {}", run.name, why));
  };
  if (!run.has_ended) refuse("it was cut short");
  if (!run.commit) refuse("its environment.json names no commit");
  if (!run.is_dirty) refuse("git could not say whether its tree was clean");
  if (*run.is_dirty) {
    refuse(fmt::format("its tree was dirty: files differed from commit {}",
                       *run.commit));
  }
  for (const BaselineEntry& entry : baseline.entries) {
    if (entry.run == run.run) refuse("it is there already");
  }
  baseline.entries.push_back(entry_of(run, reference));
  return baseline;
}

}  // namespace sockmark
