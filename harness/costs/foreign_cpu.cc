#include "harness/costs/foreign_cpu.h"

#include <unistd.h>

#include <algorithm>
#include <set>

#include "harness/costs/tree_usage.h"

namespace sockmark {

Clocks read_clocks(pid_t ours, const std::vector<Process>& server,
                   const std::vector<Process>& all) {
  std::set<pid_t> of_server;
  for (const Process& process : server) of_server.insert(process.pid);
  std::set<pid_t> of_us = {ours};
  for (const Process& process : descendants_of(ours, all)) {
    of_us.insert(process.pid);
  }
  Clocks clocks;
  for (const Process& process : all) {
    if (process.pid == 1) clocks.sees_all = true;
    if (of_server.contains(process.pid)) continue;
    if (process.name.starts_with("ksoftirqd/")) continue;
    const std::int64_t used = cpu_clock_of(process.pid).value_or(0);
    if (process.pid == ours) clocks.harness_ns = used;
    if (of_us.contains(process.pid)) {
      clocks.own_ns += used;
    } else {
      clocks.foreign[{process.pid, process.started_ticks}] = used;
    }
  }
  return clocks;
}

std::optional<std::int64_t> foreign_of_the_living(const Clocks& before,
                                                  const Clocks& after) {
  if (!before.sees_all || !after.sees_all) return std::nullopt;
  std::int64_t sum = 0;
  for (const auto& [who, used] : after.foreign) {
    const auto earlier = before.foreign.find(who);
    const std::int64_t then =
        earlier == before.foreign.end() ? 0 : earlier->second;
    // One whose clock could not be read any more has no say.
    sum += std::max<std::int64_t>(used - then, 0);
  }
  return sum;
}

std::optional<std::int64_t> foreign_by_ledger(const CpuLedger& ledger) {
  static const std::int64_t tick_ns = 1'000'000'000 / sysconf(_SC_CLK_TCK);
  if (!ledger.before || !ledger.after || !ledger.ours_ns) return std::nullopt;
  const CpuTicks& before = *ledger.before;
  const CpuTicks& after = *ledger.after;
  if (before.cpus != after.cpus) return std::nullopt;
  std::int64_t moved = 0;
  std::int64_t ticks = 0;
  for (const std::int64_t grown :
       {after.idle - before.idle, after.iowait - before.iowait,
        after.irq - before.irq, after.softirq - before.softirq,
        after.steal.value_or(0) - before.steal.value_or(0)}) {
    ticks += grown;
    if (grown != 0) ++moved;
  }
  ticks += std::max<std::int64_t>(moved, 2);  // each was cut off to whole ones
  const std::int64_t not_theirs = *ledger.ours_ns + ticks * tick_ns;
  return std::max<std::int64_t>(ledger.window_ns * after.cpus - not_theirs, 0);
}

std::optional<std::int64_t> foreign_cpu_ns(std::optional<std::int64_t> living,
                                           std::optional<std::int64_t> ledger) {
  if (!living || !ledger) return living ? living : ledger;
  return std::max(*living, *ledger);
}

}  // namespace sockmark
