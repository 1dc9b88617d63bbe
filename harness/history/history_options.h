// The command line of sockmark history.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <string>

#include "harness/history/change_points.h"
#include "harness/history/stored_history.h"

namespace sockmark {

struct HistoryOptions {
  HistoryQuery query = {.results = "results", .metric = "cpu_ns_per_request"};
  std::size_t last = 0;  // 0: all
  std::size_t fewest = ChangePointRules().fewest_values;
  std::string json;   // a file, "-", or empty
  std::string chart;  // without its ending; empty: in the results' folder
  bool no_plots = false;
};

void add_history_options(CLI::App& verb, HistoryOptions& options);

}  // namespace sockmark
