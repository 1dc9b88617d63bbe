// Which cells are not known well enough yet.
//
// A cell is a server under a workload by a tool. It is judged by the figure by
// which the workload's servers are ranked: requests per second in a closed
// loop, the 99th percentile of the latency at a given rate, where the requests
// per second are given.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/record/record.h"

namespace sockmark {

class CellFigures {
 public:
  // What a cell was in a round; a later attempt replaces an earlier one.
  void add(const TrialRecord& trial);

  // How far the farther end of the median's 95 % interval is from the median,
  // as a share of it. Nothing while there are too few rounds for 95 %, and
  // nothing where no trial gave a figure: see is_measurable().
  std::optional<double> relative_error(const std::string& server,
                                       const Workload& workload) const;

  // Whether any trial gave a figure. One that always fails does not get
  // narrower with more rounds.
  bool is_measurable(const std::string& server, const Workload& workload) const;

 private:
  using Rounds = std::map<int, std::optional<double>>;
  const Rounds* find(const std::string& server, const Workload& workload) const;

  std::map<std::string, Rounds> cells_;  // by server and workload's hash
};

}  // namespace sockmark
