// What two samples of the costs say of the time between them.
#include <cmath>

#include "harness/costs/cost_figures.h"

namespace sockmark {
namespace {

CpuTime split(std::int64_t sum_ns, std::int64_t user, std::int64_t system) {
  const double share =
      static_cast<double>(user) / static_cast<double>(user + system);
  const std::int64_t user_ns =
      std::llround(static_cast<double>(sum_ns) * share);
  return {.user_ns = user_ns, .system_ns = sum_ns - user_ns};
}

}  // namespace

bool tasks_came_and_went(const CostReadings& readings,
                         std::uint64_t connections) {
  const CostSample& first = *readings.first;
  const CostSample& last = *readings.last;
  if (!readings.same_tasks ||
      first.activity.children_faults != last.activity.children_faults) {
    return true;
  }
  const auto then = first.machine.forks;
  const auto now = last.machine.forks;
  if (connections == 0 || !then || !now) return false;
  return static_cast<std::uint64_t>(*now - *then) >= (connections + 1) / 2;
}

WindowCpu cpu_between(const CostSample& first, const CostSample& last) {
  if (first.group && last.group) {
    const std::int64_t sum_ns = last.group->sum_ns() - first.group->sum_ns();
    return {.sum_ns = sum_ns,
            .split = CpuTime{last.group->user_ns - first.group->user_ns,
                             last.group->system_ns - first.group->system_ns},
            .source = "cgroup"};
  }
  WindowCpu cpu{.sum_ns = last.cpu.sum_ns - first.cpu.sum_ns,
                .split = std::nullopt,
                .source = "schedstat"};
  const std::int64_t user = last.cpu.user_ns - first.cpu.user_ns;
  const std::int64_t system = last.cpu.system_ns - first.cpu.system_ns;
  if (user >= 0 && system >= 0 && user + system > 0) {
    cpu.split = split(cpu.sum_ns, user, system);
  }
  return cpu;
}

}  // namespace sockmark
