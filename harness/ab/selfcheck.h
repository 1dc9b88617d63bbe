// Whether the gate can be trusted on this machine: a server against itself
// again and again, and against one that is slower by a known share. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harness/ab/pair_noise.h"
#include "harness/gate/comparison.h"
#include "harness/record/record.h"

namespace sockmark {

struct TimedComparison {
  Comparison comparison;  // of one cell
  std::chrono::nanoseconds took{0};
};

// What gates of one kind came to.
struct GateCount {
  std::size_t gates = 0;
  std::size_t regressed = 0;
  std::size_t inconclusive = 0;
  std::size_t too_noisy = 0;
  std::vector<std::string> regressions;  // metrics, as often as they regressed
  std::vector<std::string> failed = {};  // as in Comparison, each once
};

struct Selfcheck {
  std::string server;
  Workload workload;
  std::optional<std::chrono::nanoseconds> per_pair;  // re-runs included
  GateCount alike;
  std::vector<MetricNoise> metrics;  // the noisy ones
  GateCount slowed;
  double slowdown = 0;                      // in CPU per request, as asked for
  std::optional<double> measured_slowdown;  // that it came to
  std::string work;                         // that made it: "spin:870ns"
  // Slowed gates in which CPU per request regressed.
  std::size_t seen = 0;
};

// All but what was asked for: server, workload, slowdown, work.
Selfcheck examined(const std::vector<TimedComparison>& alike,
                   const std::vector<TimedComparison>& slowed);

// Whether the server failed in any gate, which says nothing of the machine.
bool has_failed(const Selfcheck& check);

// Nothing failed, no false alarm, and 4 of 5 of the slowed were seen; there
// were some.
bool can_be_trusted(const Selfcheck& check);

// The median CPU per request of the base sides, and how much more the new sides
// used, as a share of that. Nothing where no comparison knows it.
std::optional<double> base_cpu_ns(const std::vector<TimedComparison>& all);
std::optional<double> added_share(const std::vector<TimedComparison>& all);

struct SpinTry {
  std::chrono::nanoseconds spin{0};
  double added = 0;  // as a share of CPU per request
};

// What to spin for so that a server uses `share` more, by the line through two
// tries; that nothing adds nothing is one, too. A spin costs more than it is
// told: it delays others, and the clock has to be asked. At least 1 ns, and at
// most twice the longer try.
std::chrono::nanoseconds spin_for(double share, SpinTry one, SpinTry other);

}  // namespace sockmark
