// Bencher Metric Format, version 0: {benchmark: {measure: {value, lower_value,
// upper_value}}}.
#include <nlohmann/json.hpp>
#include <string_view>

#include "harness/exports/cell_figures.h"
#include "harness/exports/exports.h"
#include "harness/exports/left_out.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// Measures are known by their slugs: lower case, digits and single dashes. The
// first two are Bencher's own, in ops/s and ns.
constexpr std::pair<const char*, const char*> kMeasures[] = {
    {"requests_per_second", "throughput"},
    {"p50_ns", "latency"},
    {"p99_ns", "latency-p99"},
    {"cpu_ns_per_request", "cpu-per-request"},
    {"pss_loaded_bytes", "memory-loaded"},
    {"peak_rss_bytes", "memory-peak"},
    {"errors", "errors"}};

// Bounds are what the 95 % interval says, and of fewer than six rounds there is
// none: see stats.h.
Json metric(const MedianInterval& summary) {
  Json json = {{"value", summary.median}};
  if (summary.coverage >= kConfidence) {
    json["lower_value"] = summary.low;
    json["upper_value"] = summary.high;
  }
  return json;
}

Json measures_of(const Cell& cell) {
  Json measures = Json::object();
  for (const auto& [name, measure] : kMeasures) {
    for (const ExportedFigure& figure : exported_figures()) {
      if (std::string_view(figure.name) != name) continue;
      const auto summary = summary_of(figure, cell);
      if (summary) measures[measure] = metric(*summary);
    }
  }
  return measures;
}

}  // namespace

Exported export_bencher(const ExportedRun& run) {
  Json benchmarks = Json::object();
  std::vector<std::string> left_out;
  for (const NamedCell& cell : named_cells(run.groups)) {
    Json measures = measures_of(*cell.cell);
    if (measures.empty()) {
      left_out.push_back(left_out_line(cell, "figures"));
    } else {
      benchmarks[cell.name] = std::move(measures);
    }
  }
  return {.text = benchmarks.dump(2) + "\n",
          .left_out = std::move(left_out),
          .is_empty = benchmarks.empty()};
}

}  // namespace sockmark
