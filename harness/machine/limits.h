// How much this process may have, and what the machine has left.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/machine/fact.h"
#include "harness/machine/system_files.h"

namespace sockmark {

// Of /proc/self/limits, as the shell's ulimit sets them. "unlimited" is no
// number: the value is absent and that is the reason.
struct Limits {
  Fact<std::int64_t> descriptors;
  Fact<std::int64_t> descriptors_hard;  // to which anybody may raise it
  Fact<std::int64_t> processes;         // and threads, of the user
  Fact<std::int64_t> locked_memory_bytes;
};

// Of /proc/meminfo, /proc/loadavg and /proc/uptime.
struct MachineLoad {
  Fact<std::int64_t> memory_bytes;
  Fact<std::int64_t> memory_available_bytes;
  Fact<std::int64_t> swap_bytes;
  Fact<std::int64_t> swap_used_bytes;
  Fact<std::string> load_average;  // the whole line
  Fact<double> load_1m;            // its first figure
  Fact<std::int64_t> runnable;     // tasks at this moment, ourselves included
  Fact<std::int64_t> uptime_ns;
};

Limits parse_limits(std::string_view text);
Limits read_limits(const SystemFiles& files);
MachineLoad read_machine_load(const SystemFiles& files);

}  // namespace sockmark
