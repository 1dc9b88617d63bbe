// Reading what is in a folder of results, for one metric.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/history/measurement.h"

namespace sockmark {

struct HistoryQuery {
  std::filesystem::path results;
  std::string metric;
  std::vector<std::string> servers = {};    // none: all
  std::vector<std::string> workloads = {};  // by name; none: all
  std::optional<std::size_t> last = {};     // so many runs; none: all
  bool any_machine = false;
};

struct LeftOutRun {
  std::string run;
  std::string reason;
  bool is_of_another_machine = false;  // else it is damaged, or no run
};

struct StoredHistory {
  std::vector<MeasuredRun> runs;             // newest first
  std::vector<LeftOutRun> left_out;          // as far back as was looked
  std::set<std::string> servers, workloads;  // that occur, asked for or not
};

// From the newest run back. A run on another machine than the newest that has
// what is asked for is left out, and so is one that cannot be relied on. Throws
// std::runtime_error where the folder cannot be read.
StoredHistory read_history(const HistoryQuery& query);

}  // namespace sockmark
