#include "harness/history/history_notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/history/history_words.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

// The whole is in the JSON.
constexpr std::size_t kWidestReason = 160;

// "long/epoll_lt"
std::string name_of(const Series& series, const History& history) {
  return series.workload.name + "/" + label_of(series, history);
}

std::vector<std::string> notes_on_gaps(const History& history) {
  std::map<std::string, std::vector<std::string>> cells;  // by the reason
  for (const Series& series : history.series) {
    std::map<std::string, std::size_t> gaps;
    for (const SeriesPoint& point : series.points) {
      if (!point.value) ++gaps[point.why_not];
    }
    for (const auto& [why, runs] : gaps) {
      cells[why].push_back(fmt::format("{} in {}", name_of(series, history),
                                       count_of(runs, "run")));
    }
  }
  std::vector<std::string> notes;
  for (const auto& [why, where] : cells) {
    notes.push_back(fmt::format("No figure: {}: {}.", join(where, ", "),
                                shorten(why, kWidestReason)));
  }
  return notes;
}

std::vector<std::string> notes_on_length(const History& history) {
  std::map<std::string, std::vector<std::string>> cells;
  for (const Series& series : history.series) {
    if (series.why_not_looked.empty()) continue;
    cells[series.why_not_looked].push_back(name_of(series, history));
  }
  std::vector<std::string> notes;
  for (const auto& [why, names] : cells) {
    const bool is_all = names.size() == history.series.size();
    notes.push_back(is_all ? why + "."
                           : fmt::format("{} ({}).", why, join(names, ", ")));
  }
  return notes;
}

std::string note_on_drift(const Series& series, const History& history) {
  return fmt::format(
      "{} drifts: {} over {}, besides any steps. No single run did that.",
      name_of(series, history),
      change_in_words(series.drift->ratio, history.metric.better),
      count_of(series.values().size(), "run"));
}

std::string note_on_latest(const Series& series, const History& history) {
  const Scale scale = scale_of(history);
  return fmt::format(
      "{}: the latest run is outside of the control limits ({} to {}). One "
      "such run is no change: run it again.",
      name_of(series, history), with_unit(series.limits->low, scale),
      with_unit(series.limits->high, scale));
}

}  // namespace

std::string machine_in_words(const HistoryReport& report) {
  if (report.any_machine) {
    return "Runs of ANY machine stand in one series (--any-machine): where the "
           "machine changed, the level may.";
  }
  const auto& runs = report.history.runs;
  if (runs.empty() || !runs.back().machine) return "";
  return describe(*runs.back().machine);
}

std::vector<std::string> left_out_in_words(const HistoryReport& report) {
  std::vector<std::string> lines;
  std::map<std::string, std::size_t> differences;
  std::size_t others = 0;
  for (const LeftOutRun& run : report.left_out) {
    if (run.is_of_another_machine) {
      ++differences[run.reason];
      ++others;
    } else {
      lines.push_back(fmt::format("left out: {}: {}", run.run, run.reason));
    }
  }
  if (others == 0) return lines;
  std::vector<std::string> parts;
  for (const auto& [reason, runs] : differences) {
    parts.push_back(differences.size() == 1
                        ? reason
                        : fmt::format("{} ({})", reason, runs));
  }
  lines.push_back(fmt::format(
      "left out: {} of another machine: {}; --any-machine takes them in",
      count_of(others, "run"), join(parts, "; ")));
  return lines;
}

std::string note_on_points(const History& history) {
  constexpr std::size_t kMostCases = 3;
  std::map<std::size_t, double> coverage;  // by the number of trials
  for (const Series& series : history.series) {
    for (const SeriesPoint& point : series.points) {
      if (point.value) coverage[point.value->n] = point.value->coverage;
    }
  }
  while (coverage.size() > kMostCases) {
    coverage.erase(std::next(coverage.begin()));  // the ends say enough
  }
  std::vector<std::string> cases;
  for (const auto& [n, covered] : coverage) {
    cases.push_back(
        n == 1 ? "none for n = 1"
               : fmt::format("{} for n = {}", format_percent(covered), n));
  }
  return fmt::format(
      "A run's figure is the median of its n usable trials; its interval is of "
      "order statistics: {}.",
      join(cases, ", "));
}

std::string note_on_changes(const History& history) {
  return fmt::format(
      "A change point (E-divisive, p < {:g}, {} or more) says that the level "
      "of the runs moved, not why: sockmark ab of the two commits can.",
      history.rules.p, format_percent(history.rules.factor - 1));
}

std::vector<std::string> notes_on_series(const History& history) {
  std::vector<std::string> notes = notes_on_length(history);
  for (const StoredRunFacts& run : history.runs) {
    if (run.has_ended) continue;
    notes.push_back(run.name +
                    " goes on, was interrupted or has lost its result.json: "
                    "its figures are of the trials that are there.");
  }
  for (const Series& series : history.series) {
    if (series.drift) notes.push_back(note_on_drift(series, history));
    if (series.latest_is_outside()) {
      notes.push_back(note_on_latest(series, history));
    }
  }
  for (std::string& note : notes_on_gaps(history)) {
    notes.push_back(std::move(note));
  }
  for (const std::string& cell : history.without_figures) {
    notes.push_back("No figure in any run: " + shorten(cell, kWidestReason) +
                    ".");
  }
  return notes;
}

}  // namespace sockmark
