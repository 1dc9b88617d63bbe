// OpenMetrics 1.0 text: gauges. Without timestamps, and of no type
// but gauge, so that Prometheus' node_exporter, whose text files are of an
// older format, reads the same.
#include <fmt/format.h>

#include <string_view>

#include "harness/exports/cell_figures.h"
#include "harness/exports/cell_names.h"
#include "harness/exports/exports.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr double kNsPerSecond = 1e9;

// In the base units that the format asks for. A family's name ends in its unit.
struct Family {
  const char* figure;  // an exported figure
  const char* name;
  const char* unit;  // empty: a count
  const char* help;
  double divisor = 1;  // of the figure
};

constexpr Family kFamilies[] = {
    {"requests_per_second", "sockmark_requests_per_second",
     "requests_per_second", "Expected answers per second, median of rounds."},
    {"cpu_ns_per_request", "sockmark_cpu_per_request_seconds", "seconds",
     "CPU time of the server's processes per request, median of rounds.",
     kNsPerSecond},
    {"p50_ns", "sockmark_latency_p50_seconds", "seconds",
     "Median latency of requests, median of rounds.", kNsPerSecond},
    {"p99_ns", "sockmark_latency_p99_seconds", "seconds",
     "99th percentile of the requests' latency, median of rounds.",
     kNsPerSecond},
    {"pss_loaded_bytes", "sockmark_memory_loaded_bytes", "bytes",
     "Proportional set size of the server under load, median of rounds."},
    {"peak_rss_bytes", "sockmark_memory_peak_bytes", "bytes",
     "Largest resident set sizes of the server's processes, added up, median "
     "of rounds."},
    {"errors", "sockmark_errors", "", "Failed requests, sum of all rounds."}};

std::string escaped(std::string_view text) {
  std::string value;
  for (const char c : one_line(text)) {
    if (c == '\\' || c == '"') value += '\\';
    value += c;
  }
  return value;
}

std::string label(std::string_view name, std::string_view value) {
  return fmt::format("{}=\"{}\"", name, escaped(value));
}

std::string labels_of(const NamedCell& cell) {
  const Workload& workload = cell.group->workload;
  std::vector<std::string> labels = {
      label("server", cell.cell->server), label("workload", workload.name),
      label("tool", cell.cell->tool),
      label("connections", fmt::format("{}", workload.connections))};
  for (const auto& [factor, value] : cell.factors) {
    if (factor != "tool") labels.push_back(label(factor, value));
  }
  return "{" + join(labels, ",") + "}";
}

std::string head(const char* name, const char* unit, const char* help) {
  std::string text = fmt::format("# TYPE {} gauge\n", name);
  if (*unit != '\0') text += fmt::format("# UNIT {} {}\n", name, unit);
  return text + fmt::format("# HELP {} {}\n", name, help);
}

std::string family(const Family& of, const std::vector<NamedCell>& cells) {
  std::string samples;
  for (const ExportedFigure& figure : exported_figures()) {
    if (std::string_view(figure.name) != of.figure) continue;
    for (const NamedCell& cell : cells) {
      const auto summary = summary_of(figure, *cell.cell);
      if (!summary) continue;
      samples += fmt::format("{}{} {}\n", of.name, labels_of(cell),
                             summary->median / of.divisor);
    }
  }
  return samples.empty() ? "" : head(of.name, of.unit, of.help) + samples;
}

// 0 of a server that failed: it does not vanish unseen.
std::string usable_trials(const std::vector<NamedCell>& cells) {
  constexpr const char* kName = "sockmark_usable_trials";
  std::string text = head(kName, "", "Trials that the figures are made of.");
  for (const NamedCell& cell : cells) {
    text += fmt::format("{}{} {}\n", kName, labels_of(cell), cell.cell->usable);
  }
  return text;
}

std::string provenance(const ExportedRun& run) {
  const MachineFacts& machine = run.machine;
  std::vector<std::string> labels = {label("run", run.name)};
  for (const auto& [name, value] :
       {std::pair("date", machine.date), std::pair("commit", machine.commit),
        std::pair("cpu_model", machine.cpu_model),
        std::pair("kernel", machine.kernel)}) {
    if (!value.empty()) labels.push_back(label(name, value));
  }
  constexpr const char* kName = "sockmark_run";
  return head(kName, "", "1; its labels say where the figures come from.") +
         fmt::format("{}{{{}}} 1\n", kName, join(labels, ","));
}

}  // namespace

Exported export_openmetrics(const ExportedRun& run) {
  const std::vector<NamedCell> cells = named_cells(run.groups);
  std::string text = provenance(run);
  for (const Family& one : kFamilies) text += family(one, cells);
  return {.text = text + usable_trials(cells) + "# EOF\n", .left_out = {}};
}

}  // namespace sockmark
