// A stored run in the formats of other programs. docs/formats.md says what each
// of them is for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/cells/cells.h"
#include "harness/exports/machine_facts.h"
#include "harness/gate/comparison.h"
#include "harness/record/record.h"

namespace sockmark {

struct ExportedRun {
  std::string name;                   // of its folder
  std::string provenance;             // in a line
  std::vector<TrialRecord> trials;    // those that count (attempts.h)
  std::vector<WorkloadCells> groups;  // of them
  MachineFacts machine;
  std::optional<Comparison> comparison;
};

// Throws std::runtime_error that names the file: one is damaged or of a newer
// schema, or there are no trials.
ExportedRun read_exported_run(const std::filesystem::path& run_folder);

struct Exported {
  std::string text;
  // Cells that are not in it, a line each: "fork/long/connections:64: crashed
  // (6 of 6 trials)". Formats that tell of failures leave out none.
  std::vector<std::string> left_out;
  bool is_empty = false;  // nothing is left; `text` is not worth writing
};

struct ExportFormat {
  const char* name;     // "junit"
  const char* summary;  // what it is for, in a line
  Exported (*write)(const ExportedRun& run);
};

const std::vector<ExportFormat>& export_formats();

// Throws std::invalid_argument that lists all there are and suggests the
// nearest.
const ExportFormat& export_format_named(const std::string& name);

// A file each, of the same name. Pure.
Exported export_markdown(const ExportedRun& run);
Exported export_junit(const ExportedRun& run);
Exported export_google_benchmark_repetitions(const ExportedRun& run);
Exported export_google_benchmark_medians(const ExportedRun& run);
Exported export_github_action_benchmark_bigger(const ExportedRun& run);
Exported export_github_action_benchmark_smaller(const ExportedRun& run);
Exported export_bencher(const ExportedRun& run);
Exported export_csv(const ExportedRun& run);
Exported export_openmetrics(const ExportedRun& run);

// What is left of such a text within `most_bytes`, whole tables only; the line
// for what is not is in it.
std::string markdown_summary(const ExportedRun& run, std::size_t most_bytes);

}  // namespace sockmark
