// The small print of a history, in tables and charts alike. Pure.
#pragma once

#include <string>
#include <vector>

#include "harness/history/series.h"
#include "harness/history/stored_history.h"

namespace sockmark {

// A history, and what is to be known beside it.
struct HistoryReport {
  History history;
  std::vector<LeftOutRun> left_out = {};
  bool any_machine = false;
};

// Whether all were run on one machine, and on which.
std::string machine_in_words(const HistoryReport& report);

// A line each: runs of other machines that were left out together, and others
// by name.
std::vector<std::string> left_out_in_words(const HistoryReport& report);

// What medians and intervals are of, as far as the points go.
std::string note_on_points(const History& history);
// What change points are, and are not.
std::string note_on_changes(const History& history);
// Too few runs, runs that were cut short, drifts, latest runs outside the
// limits, runs without a figure, cells without any: a sentence each.
std::vector<std::string> notes_on_series(const History& history);

}  // namespace sockmark
