// Google Benchmark's JSON, as its json_reporter.cc (version 1.9) writes it.
//
// One iteration is one request: real_time is wall-clock time per answered
// request, cpu_time the CPU it cost the server. What is not known is left out,
// as the format has no null and its readers take 0 for a time; hence rows, too,
// and not `error_occurred`: compare.py divides by what such rows hold, and
// Bencher refuses a file with one row that it cannot read.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "harness/exports/cell_figures.h"
#include "harness/exports/exports.h"
#include "harness/exports/google_benchmark_context.h"
#include "harness/exports/left_out.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
void put(Json& json, const char* key, const std::optional<T>& value) {
  if (value) json[key] = *value;
}

void put_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

// The keys that all rows begin with. `family` counts the cells.
Json row_of(const NamedCell& cell, std::size_t family, std::size_t repetitions,
            std::size_t repetition) {
  return {{"name", cell.name},
          {"family_index", family},
          {"per_family_instance_index", 0},
          {"run_name", cell.name},
          {"run_type", "iteration"},
          {"repetitions", repetitions},
          {"repetition_index", repetition},
          {"threads", 1}};
}

// In a row's order. `figure` gives the value of an exported figure.
template <typename Figure>
void put_counters(Json& row, Figure figure) {
  constexpr std::pair<const char*, const char*> kCounters[] = {
      {"requests_per_second", "items_per_second"},
      {"p50_ns", "p50_ns"},
      {"p99_ns", "p99_ns"},
      {"errors", "errors"},
      {"peak_rss_bytes", "rss_bytes"},
      {"pss_loaded_bytes", "pss_bytes"}};
  for (const auto& [name, counter] : kCounters) {
    for (const ExportedFigure& one : exported_figures()) {
      if (std::string_view(one.name) != name) continue;
      put<double>(row, counter, figure(one));
    }
  }
}

std::string doubts_of(const Cell& cell) {
  std::vector<std::string> doubts;
  for (const Mishap& doubt : cell.doubts) doubts.push_back(doubt.reason);
  return join(doubts, "; ");
}

Json trial_row(const TrialRecord& trial, Json row) {
  put(row, "iterations", trial.load->completed);
  row["real_time"] = *wall_ns_per_request(trial);
  put(row, "cpu_time", trial.resources.cpu_ns_per_request);
  row["time_unit"] = "ns";
  put_counters(row, [&trial](const ExportedFigure& figure) {
    return value_of(figure, trial);
  });
  row["round"] = trial.round;
  put_text(row, "label", join(verdict_of(trial).reasons, "; "));
  return row;
}

std::optional<std::uint64_t> completed_in(const Cell& cell) {
  std::uint64_t sum = 0;
  for (const TrialRecord& trial : cell.trials) {
    if (!is_usable(trial)) continue;
    if (!trial.load->completed) return std::nullopt;
    sum += *trial.load->completed;
  }
  return sum;
}

std::optional<double> cpu_ns(const TrialRecord& trial) {
  const auto& cpu = trial.resources.cpu_ns_per_request;
  return cpu && std::isfinite(*cpu) ? cpu : std::nullopt;
}

Json median_row(const Cell& cell, const MedianInterval& wall_ns, Json row) {
  put(row, "iterations", completed_in(cell));
  row["real_time"] = wall_ns.median;
  if (const auto cpu = median_over(cell, cpu_ns)) row["cpu_time"] = cpu->median;
  row["time_unit"] = "ns";
  put_counters(row, [&cell](const ExportedFigure& figure) {
    const auto summary = summary_of(figure, cell);
    return summary ? std::optional(summary->median) : std::nullopt;
  });
  put_text(row, "label", doubts_of(cell));
  return row;
}

Exported finished(const ExportedRun& run, const Json& rows,
                  std::vector<std::string> left_out) {
  const Json json = {{"context", Json::parse(google_benchmark_context(run))},
                     {"benchmarks", rows}};
  return {.text = json.dump(2) + "\n",
          .left_out = std::move(left_out),
          .is_empty = rows.empty()};
}

}  // namespace

Exported export_google_benchmark_repetitions(const ExportedRun& run) {
  Json rows = Json::array();
  std::vector<std::string> left_out;
  std::size_t family = 0;
  for (const NamedCell& cell : named_cells(run.groups)) {
    std::vector<const TrialRecord*> trials;
    for (const TrialRecord& trial : cell.cell->trials) {
      if (is_usable(trial) && wall_ns_per_request(trial) && cpu_ns(trial)) {
        trials.push_back(&trial);
      }
    }
    for (std::size_t i = 0; i < trials.size(); ++i) {
      rows.push_back(
          trial_row(*trials[i], row_of(cell, family, trials.size(), i)));
    }
    if (trials.empty()) {
      left_out.push_back(left_out_line(cell, "throughput and CPU"));
    }
    ++family;
  }
  return finished(run, rows, std::move(left_out));
}

Exported export_google_benchmark_medians(const ExportedRun& run) {
  Json rows = Json::array();
  std::vector<std::string> left_out;
  std::size_t family = 0;
  for (const NamedCell& cell : named_cells(run.groups)) {
    if (const auto wall_ns = median_over(*cell.cell, wall_ns_per_request)) {
      rows.push_back(
          median_row(*cell.cell, *wall_ns, row_of(cell, family, 1, 0)));
    } else {
      left_out.push_back(left_out_line(cell, "throughput"));
    }
    ++family;
  }
  return finished(run, rows, std::move(left_out));
}

}  // namespace sockmark
