// How two servers or two load tools compare, from pairs of the same round.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/record/record.h"
#include "harness/statistics/stats.h"

namespace sockmark {

enum class Side { server, tool };

// `name` over `base` in one workload. Absent where no round has both figures.
struct Ratio {
  std::string workload;
  std::string name;
  std::string base;
  std::optional<MedianInterval> requests_per_second;
  std::optional<MedianInterval> server_cpu_per_request;
  std::optional<MedianInterval>
      tool_cpu_per_request;  // whole life, warm-up too
};

// Of one figure of trials that are usable, paired by round; of several in a
// round, the last counts. Nothing where no round has both.
std::optional<MedianInterval> ratio_by_round(
    const std::vector<TrialRecord>& ours, const std::vector<TrialRecord>& base,
    std::optional<double> (*figure)(const TrialRecord&));

// Everything over `base`, all else being equal: servers under the same tool, or
// tools against the same server.
std::vector<Ratio> ratios_to(const std::vector<TrialRecord>& trials, Side side,
                             const std::string& base);

// A line each: "long  loadgen / wrk  req/s 1.24 [1.18, 1.30]  ...".
std::string ratio_table(const std::vector<Ratio>& ratios);

}  // namespace sockmark
