// A history of runs to hold the next one against where the base cannot be
// measured again. docs/method.md explains it. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/compare/fingerprint.h"
#include "harness/compare/recorded_run.h"

namespace sockmark {

// The built-in server whose figures divide those of others with the least left
// over. In stored runs of 6 rounds of all models, in `short` and `long`, the
// quotient of a server and it varied from round to round by 2.9 % (robust
// coefficient of variation, median of all servers, throughput and CPU per
// request), with other event loops by 3.0 to 3.3 %, with `iterative` by 5.5 %:
// that serves one of the connections and lets the others wait. It has one
// thread and asks for nothing that a kernel may lack.
inline constexpr const char* kSteadiestServer = "epoll_lt";

// One metric of one cell in one run: of its usable trials.
struct BaselineFigure {
  std::string metric;  // of trial_metrics(), a noisy one
  double median = 0;
  std::size_t n = 0;
  std::optional<double> variation;  // robust coefficient; none of one value
  // Of the reference server, under the same workload by the same tool.
  std::optional<double> reference_median;

  bool operator==(const BaselineFigure&) const = default;
};

struct BaselineCell {
  std::string name;  // "long/poll/64 connections"
  std::string server;
  std::string workload;
  std::string workload_hash;
  std::string tool;
  std::optional<std::string> tool_version;
  std::vector<BaselineFigure> figures;  // none: no trial was usable

  bool operator==(const BaselineCell&) const = default;
};

struct BaselineEntry {
  std::string run;
  std::string date;  // ISO 8601, UTC
  std::string commit;
  Fingerprint fingerprint;
  std::string reference;  // a server
  std::optional<std::string> reference_sha256;
  std::vector<BaselineCell> cells;

  bool operator==(const BaselineEntry&) const = default;
};

struct Baseline {
  std::vector<BaselineEntry> entries;  // the oldest first
};

// What a run would be in a baseline. Throws NotComparable if it has no usable
// trial of the reference. The commit may be empty.
BaselineEntry entry_of(const RecordedRun& run, const std::string& reference);

// The baseline with the run. Throws std::runtime_error that says why it must
// not be in one: it is there, it was cut short, its commit is not known or is
// not what was built; or as entry_of().
Baseline with_run(Baseline baseline, const RecordedRun& run,
                  const std::string& reference);

}  // namespace sockmark
