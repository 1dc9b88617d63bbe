#include "harness/exports/exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "harness/record/stored_runs.h"
#include "harness/report/provenance.h"
#include "harness/report/recorded_comparison.h"
#include "harness/text/nearest_name.h"
#include "harness/text/text.h"

namespace sockmark {

ExportedRun read_exported_run(const std::filesystem::path& run_folder) {
  ExportedRun run;
  run.name = std::filesystem::absolute(run_folder)
                 .lexically_normal()
                 .filename()
                 .string();
  run.trials = counting_trials(run_folder);
  if (run.trials.empty()) {
    throw std::runtime_error("no trials in " + run_folder.string());
  }
  run.groups = group_cells(run.trials);
  run.machine = read_machine_facts(run_folder);
  run.provenance = provenance_of(run_folder);
  run.comparison = recorded_comparison(run_folder);
  return run;
}

const std::vector<ExportFormat>& export_formats() {
  static const std::vector<ExportFormat> kFormats = {
      {"bencher", "Bencher's metric format", export_bencher},
      {"csv", "a row per trial and figure", export_csv},
      {"github-action-benchmark-bigger", "customBiggerIsBetter: throughput",
       export_github_action_benchmark_bigger},
      {"github-action-benchmark-smaller",
       "customSmallerIsBetter: costs and latencies",
       export_github_action_benchmark_smaller},
      {"google-benchmark", "a row per round, for its compare.py",
       export_google_benchmark_repetitions},
      {"google-benchmark-single", "a row per cell, for trackers",
       export_google_benchmark_medians},
      {"junit", "JUnit's XML, for CI systems", export_junit},
      {"markdown", "a GitHub job summary", export_markdown},
      {"openmetrics", "OpenMetrics text, for Prometheus", export_openmetrics}};
  return kFormats;
}

const ExportFormat& export_format_named(const std::string& name) {
  std::vector<std::string> names;
  for (const ExportFormat& format : export_formats()) {
    if (name == format.name) return format;
    names.emplace_back(format.name);
  }
  throw std::invalid_argument(
      fmt::format("no export format named '{}'{}: there are {}", name,
                  suggestion(name, names), join(names, ", ")));
}

}  // namespace sockmark
