// What the machine does at this moment, and what it lets us do: found out by
// looking and by trying.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/machine/cgroup_limits.h"
#include "harness/machine/fact.h"
#include "harness/machine/system_files.h"

namespace sockmark {

// Of all CPUs together since the start of the machine, in the kernel's ticks.
struct CpuTimes {
  std::int64_t busy = 0;
  std::int64_t idle = 0;
  std::int64_t stolen = 0;  // by other guests of the hypervisor
};

// The first line of /proc/stat; nothing of what is none.
std::optional<CpuTimes> parse_cpu_times(std::string_view stat);

struct MachineState {
  Fact<double> busy_share;  // of all CPUs' time, while we did nothing
  Fact<double> steal_share;
  bool is_root = false;
  std::string no_cgroup;       // why none can be made; empty if one can
  std::string no_trace_point;  // why system calls cannot be counted; or empty
  bool has_tracefs = false;
  std::vector<pid_t> other_sockmarks;
};

// Looks for as long as `window`.
MachineState observe_machine(const SystemFiles& files,
                             const CgroupLimits& cgroup,
                             std::chrono::nanoseconds window);

// Processes of that name but the one `self`.
std::vector<pid_t> others_named(const SystemFiles& files,
                                const std::string& name, pid_t self);

}  // namespace sockmark
