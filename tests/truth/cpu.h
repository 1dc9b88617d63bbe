// Which processors a thread may run on.
#pragma once

#include <sched.h>

#include <vector>

#include "lib/error.h"

namespace sockmark {

// The calling thread, and those that it starts from now on. Empty: no change.
inline void run_on(const std::vector<int>& cpus) {
  if (cpus.empty()) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int cpu : cpus) CPU_SET(static_cast<std::size_t>(cpu), &set);
  check(sched_setaffinity(0, sizeof set, &set), "sched_setaffinity");
}

}  // namespace sockmark
