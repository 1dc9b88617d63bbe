#include "harness/machine/cpus.h"

#include <sched.h>

#include <cstddef>

#include "lib/error.h"

namespace sockmark {

CpuPlan split_cpus() {
  cpu_set_t allowed;
  check(sched_getaffinity(0, sizeof allowed, &allowed), "sched_getaffinity");
  std::vector<int> cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<std::size_t>(cpu), &allowed)) cpus.push_back(cpu);
  }
  if (cpus.size() < 2) return {};
  const auto middle =
      cpus.begin() + static_cast<std::ptrdiff_t>(cpus.size() / 2);
  return {.server = {cpus.begin(), middle}, .load = {middle, cpus.end()}};
}

}  // namespace sockmark
