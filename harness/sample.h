// What a process tree has used so far, from /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace sockmark {

// Sums over all processes of a group, and over the children that they have
// waited for. User and system time are as fine as the kernel's tick (10 ms);
// their sum is exact for the processes that still live.
struct GroupUsage {
  std::int64_t cpu_ns = 0;
  std::int64_t cpu_user_ns = 0;
  std::int64_t cpu_system_ns = 0;
  int processes = 0;
  int threads = 0;
};

// A process that ends meanwhile is left out.
GroupUsage sample_group(pid_t group);

}  // namespace sockmark
