// The figures of a cell that go into exports.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/cells/cells.h"
#include "harness/record/metric.h"
#include "harness/statistics/stats.h"

namespace sockmark {

struct ExportedFigure {
  const char* name;   // "cpu_ns_per_request"
  const char* label;  // for people: "CPU per request"
  const char* unit;   // "req/s", "ns", "bytes"
  Better better = Better::lower;
  // A median would hide what went wrong in fewer than half of the trials.
  enum class Over { median, sum } over = Over::median;
  std::optional<double> (*value)(const TrialRecord&) = nullptr;
};

// What is told of every cell, in whatever format.
const std::vector<ExportedFigure>& exported_figures();

// Of a usable trial, and finite; nothing where it is not known.
std::optional<double> value_of(const ExportedFigure& figure,
                               const TrialRecord& trial);

// The median of a function of usable trials, over those that know it; nothing
// where none does.
template <typename Value>
std::optional<MedianInterval> median_over(const Cell& cell, Value value) {
  std::vector<double> values;
  for (const TrialRecord& trial : cell.trials) {
    if (!is_usable(trial)) continue;
    if (const std::optional<double> one = value(trial)) values.push_back(*one);
  }
  return median_interval(values);
}

// The same of a figure. A sum has no interval.
std::optional<MedianInterval> summary_of(const ExportedFigure& figure,
                                         const Cell& cell);

// "median of 6 rounds, its interval covers 96.9 %", "sum of 6 rounds"
std::string describe_summary(const ExportedFigure& figure,
                             const MedianInterval& summary);

// Of a usable trial: 1e9 over the requests per second.
std::optional<double> wall_ns_per_request(const TrialRecord& trial);

}  // namespace sockmark
