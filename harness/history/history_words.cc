#include "harness/history/history_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/text/text.h"

namespace sockmark {

Scale scale_of(const History& history) {
  constexpr double kNsPerUs = 1e3;
  constexpr double kNsPerMs = 1e6;
  constexpr double kBytesPerMiB = 1024.0 * 1024;
  // From here on milliseconds read better.
  constexpr double kLongNs = 10e6;
  double most = 0;
  for (const Series& series : history.series) {
    for (const double value : series.values()) most = std::max(most, value);
  }
  const std::string& unit = history.metric.unit;
  if (unit == "ns") {
    return most < kLongNs ? Scale{.unit = "µs", .divisor = kNsPerUs}
                          : Scale{.unit = "ms", .divisor = kNsPerMs};
  }
  if (unit == "bytes") return {.unit = "MiB", .divisor = kBytesPerMiB};
  return {.unit = unit};
}

std::string with_unit(double value, const Scale& scale) {
  const std::string figure = format_figure(value / scale.divisor);
  return scale.unit.empty() ? figure : figure + " " + scale.unit;
}

bool is_worse(double ratio, Better better) {
  return better == Better::lower ? ratio > 1 : ratio < 1;
}

std::string change_in_words(double ratio, Better better) {
  return fmt::format("{}{} {}", ratio < 1 ? "−" : "+",
                     format_percent(std::abs(ratio - 1)),
                     is_worse(ratio, better) ? "worse" : "better");
}

std::string commit_of(const StoredRunFacts& run) {
  constexpr std::size_t kShort = 8;
  if (!run.commit) return std::string(kUnknown);
  return run.commit->substr(0, kShort) + (run.dirty.value_or(false) ? "+" : "");
}

std::string day_of(const StoredRunFacts& run) {
  return run.date.substr(0, run.date.find('T'));
}

std::string label_of(const Series& series, const History& history) {
  const bool is_needed = std::any_of(
      history.series.begin(), history.series.end(), [&](const Series& other) {
        return other.workload.tool != series.workload.tool;
      });
  if (!is_needed) return series.server;
  return fmt::format("{} ({})", series.server, series.workload.tool);
}

std::string count_of(std::size_t number, const std::string& what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

}  // namespace sockmark
