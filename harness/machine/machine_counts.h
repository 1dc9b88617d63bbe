// What /proc says of the whole machine. Pure: from text to numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sockmark {

// The line of all CPUs in /proc/stat, in ticks of 10 ms. Idle time is measured
// by kernels that stop the tick of an idle CPU (all of today's); the others are
// what the tick happened to hit. Steal is absent on kernels before 2.6.11.
struct CpuTicks {
  std::int64_t user = 0, nice = 0, system = 0, idle = 0, iowait = 0;
  std::int64_t irq = 0, softirq = 0;
  std::optional<std::int64_t> steal;
  int cpus = 0;  // that are online
};

std::optional<CpuTicks> parse_cpu_ticks(std::string_view stat);

// Of /proc/stat: how many processes and threads were ever started.
std::optional<std::int64_t> parse_forks(std::string_view stat);

// Of /proc/pressure/cpu: for how long some task has waited for a CPU.
std::optional<std::int64_t> parse_cpu_pressure_ns(std::string_view pressure);

// Of the pairs of lines in /proc/net/netstat and snmp, names above numbers:
// parse_net_table(text, "TcpExt:", "ListenDrops").
std::optional<std::int64_t> parse_net_table(std::string_view text,
                                            std::string_view table,
                                            std::string_view column);

// Of /proc/net/sockstat: connections in TIME_WAIT.
std::optional<std::int64_t> parse_time_wait(std::string_view sockstat);

}  // namespace sockmark
