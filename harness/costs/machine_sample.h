// What went on beside a trial, from samples of the machine before and after.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/costs/foreign_cpu.h"
#include "harness/machine/machine_counts.h"
#include "harness/process/process_tree.h"
#include "harness/record/record.h"

namespace sockmark {

struct MachineSample {
  std::chrono::steady_clock::time_point at;
  std::optional<CpuTicks> ticks;
  std::optional<std::int64_t> forks;
  std::optional<std::int64_t> pressure_ns;
  std::optional<std::int64_t> listen_overflows, listen_drops, retransmitted;
  std::optional<std::int64_t> time_wait;
  Clocks clocks;
};

// `ours` is the process that is sockmark; the network's counts are those of its
// namespace. One to two ms with a hundred processes.
MachineSample sample_machine(pid_t ours, const std::vector<Process>& server,
                             const std::vector<Process>& all);

// What happened between the two. `server_ns` is what the server used then;
// absent where that may lack children that ended unseen.
MachineUse machine_use(const MachineSample& before, const MachineSample& after,
                       std::optional<std::int64_t> server_ns);

}  // namespace sockmark
