// Tidy CSV: a row for each trial and figure. As in RFC 4180, but with LF.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "harness/exports/exports.h"
#include "harness/tables/table_csv.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

bool has(const std::string& name, std::string_view part) {
  return name.find(part) != std::string::npos;
}

// Names have their unit in them; without one they are counts.
std::string unit_of(const std::string& name) {
  if (name == "usable") return "boolean";
  if (name == "requests_per_second") return "req/s";
  if (name == "cpu_pressure") return "share";
  if (name == "system_calls_per_request") return "calls/req";
  if (has(name, "_ns_per_request")) return "ns/req";
  if (has(name, "_ns")) return "ns";
  if (has(name, "bytes_per_connection")) return "bytes/connection";
  return has(name, "bytes") ? "bytes" : "count";
}

// Columns of the wide table that say neither what was measured nor how much.
bool is_remark(const CsvField& field) {
  return field.name == "reasons" || field.name == "error" ||
         field.name == "started_unix_ns" || field.name == "cpu_source";
}

bool is_elapsed(const CsvField& field) { return field.name == "elapsed_ns"; }

std::vector<CsvField> identity() {
  std::vector<CsvField> fields = csv_identity();
  std::erase_if(fields, is_remark);
  std::erase_if(fields, is_elapsed);
  for (CsvField& field : fields) {
    if (field.name == "run") field.name = "run_id";
  }
  return fields;
}

// The first is known of every trial: none vanishes.
std::vector<CsvField> figures() {
  std::vector<CsvField> fields = {{"usable", [](const TrialRecord& trial) {
                                     return std::string(is_usable(trial) ? "1"
                                                                         : "0");
                                   }}};
  const std::vector<CsvField> whole = csv_identity();
  std::copy_if(whole.begin(), whole.end(), std::back_inserter(fields),
               is_elapsed);
  for (CsvField& field : csv_figures()) {
    if (!is_remark(field)) fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace

Exported export_csv(const ExportedRun& run) {
  const std::vector<CsvField> all = identity();
  std::vector<std::string> names;
  for (const CsvField& field : all) names.push_back(field.name);
  std::string text = join(names, ",") + ",metric,value,unit\n";
  const std::vector<CsvField> told = figures();
  for (const TrialRecord& trial : run.trials) {
    std::string start;
    for (const CsvField& field : all) start += field.text(trial) + ',';
    for (const CsvField& figure : told) {
      const std::string value = figure.text(trial);
      if (value.empty()) continue;
      text += fmt::format("{}{},{},{}\n", start, figure.name, value,
                          unit_of(figure.name));
    }
  }
  return {.text = std::move(text), .left_out = {}};
}

}  // namespace sockmark
