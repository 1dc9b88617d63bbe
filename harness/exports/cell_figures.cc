#include "harness/exports/cell_figures.h"

#include <fmt/format.h>

#include <cmath>

#include "harness/text/text.h"

namespace sockmark {
namespace {

using Known = std::optional<double>;
using Trial = const TrialRecord&;

template <typename T>
Known as_number(const std::optional<T>& value) {
  return value ? Known(static_cast<double>(*value)) : std::nullopt;
}

}  // namespace

const std::vector<ExportedFigure>& exported_figures() {
  using Over = ExportedFigure::Over;
  static const std::vector<ExportedFigure> kFigures = {
      {"requests_per_second", "throughput", "req/s", Better::higher,
       Over::median, [](Trial t) { return t.load->requests_per_second; }},
      {"cpu_ns_per_request", "CPU per request", "ns", Better::lower,
       Over::median, [](Trial t) { return t.resources.cpu_ns_per_request; }},
      {"p50_ns", "p50", "ns", Better::lower, Over::median,
       [](Trial t) { return t.load->latency.p50; }},
      {"p99_ns", "p99", "ns", Better::lower, Over::median,
       [](Trial t) { return t.load->latency.p99; }},
      {"pss_loaded_bytes", "memory under load", "bytes", Better::lower,
       Over::median,
       [](Trial t) { return as_number(t.resources.pss_loaded_bytes); }},
      {"peak_rss_bytes", "peak memory", "bytes", Better::lower, Over::median,
       [](Trial t) { return as_number(t.resources.peak_rss_bytes); }},
      {"errors", "errors", "errors", Better::lower, Over::sum,
       [](Trial t) { return as_number(t.load->errors); }}};
  return kFigures;
}

std::optional<double> value_of(const ExportedFigure& figure,
                               const TrialRecord& trial) {
  const Known value = figure.value(trial);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<MedianInterval> summary_of(const ExportedFigure& figure,
                                         const Cell& cell) {
  double sum = 0;
  auto summary = median_over(cell, [&](Trial trial) {
    const Known value = value_of(figure, trial);
    sum += value.value_or(0);
    return value;
  });
  if (summary && figure.over == ExportedFigure::Over::sum) {
    summary = {.median = sum, .low = sum, .high = sum, .n = summary->n};
  }
  return summary;
}

std::string describe_summary(const ExportedFigure& figure,
                             const MedianInterval& summary) {
  std::string of =
      fmt::format("{} of {} round{}",
                  figure.over == ExportedFigure::Over::sum ? "sum" : "median",
                  summary.n, summary.n == 1 ? "" : "s");
  if (!summary.has_interval()) return of;
  return fmt::format("{}, its interval covers {}", of,
                     format_percent(summary.coverage));
}

std::optional<double> wall_ns_per_request(const TrialRecord& trial) {
  const double rate = trial.load->requests_per_second.value_or(0);
  const double wall_ns = 1e9 / rate;
  return rate > 0 && std::isfinite(wall_ns) ? Known(wall_ns) : std::nullopt;
}

}  // namespace sockmark
