// CPU time that processes beside the trial took from it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/machine/machine_counts.h"
#include "harness/process/process_tree.h"

namespace sockmark {

// The exact CPU clocks of all processes that can be seen, in ns: of each that
// is neither sockmark nor below it, and the sum of what sockmark uses itself,
// its load tool included, its server not.
struct Clocks {
  using Identity = std::pair<pid_t, std::int64_t>;  // and when it started
  std::map<Identity, std::int64_t> foreign;
  std::int64_t own_ns = 0;
  std::int64_t harness_ns = 0;  // of those, sockmark's alone
  bool sees_all = false;        // /proc is not restricted to our own processes
};

// `ours`: the process that is sockmark. ksoftirqd is nobody's: what it does for
// the network it does for the load as well.
Clocks read_clocks(pid_t ours, const std::vector<Process>& server,
                   const std::vector<Process>& all);

// What the estimate of foreign CPU time is made from: growth from the start to
// the end of a window.
struct CpuLedger {
  std::int64_t window_ns = 0;
  std::optional<CpuTicks> before, after;
  // Of this trial: the server and sockmark with its load tool. Absent where
  // children of the server may have ended with their CPU time lost.
  std::optional<std::int64_t> ours_ns;
};

// Used by foreign processes that were alive at the end: exact, but blind to
// those that ended (a compiler's many) and those beyond a container. Nothing
// where /proc hides other users' processes.
std::optional<std::int64_t> foreign_of_the_living(const Clocks& before,
                                                  const Clocks& after);

// All CPUs' time that was neither idle nor stolen nor spent in interrupts, less
// what this trial used, less a tick for each figure that goes into it: sees
// everybody, but nothing below some 20 ms. Interrupts are left out as kernels
// differ in whose account they are put on, and most of them are the load's own
// packets. Never negative. Nothing where `ours_ns` is absent: the server's own
// time would pass for foreign.
std::optional<std::int64_t> foreign_by_ledger(const CpuLedger& ledger);

// The larger of the two: each is a lower bound, so together they never blame
// the machine for what it did not do.
std::optional<std::int64_t> foreign_cpu_ns(std::optional<std::int64_t> living,
                                           std::optional<std::int64_t> ledger);

}  // namespace sockmark
