#include "harness/costs/machine_sample.h"

#include <unistd.h>

#include <algorithm>
#include <string>

#include "harness/process/proc_file.h"

namespace sockmark {
namespace {

using Count = std::optional<std::int64_t>;

// How much it grew; otherwise the reason goes to `absent`.
Count growth(const Count& before, const Count& after, const std::string& name,
             const std::string& why_not, AbsenceReasons& absent) {
  if (before && after) return *after - *before;
  absent[name] = why_not;
  return std::nullopt;
}

void note_ticks(const MachineSample& before, const MachineSample& after,
                MachineUse& use) {
  static const std::int64_t tick_ns = 1'000'000'000 / sysconf(_SC_CLK_TCK);
  if (!before.ticks || !after.ticks) {
    for (const char* const name : {"cpus", "steal_ns"}) {
      use.unavailable[name] = "/proc/stat has no line of all CPUs";
    }
    return;
  }
  use.cpus = after.ticks->cpus;
  const auto steal = growth(before.ticks->steal, after.ticks->steal, "steal_ns",
                            "/proc/stat has no column for it", use.unavailable);
  if (steal) use.steal_ns = *steal * tick_ns;
}

void note_foreign_cpu(const MachineSample& before, const MachineSample& after,
                      Count server_ns, MachineUse& use) {
  CpuLedger ledger{.window_ns = *use.window_ns,
                   .before = before.ticks,
                   .after = after.ticks,
                   .ours_ns = std::nullopt};
  if (server_ns) {
    ledger.ours_ns = *server_ns + after.clocks.own_ns - before.clocks.own_ns;
  }
  use.foreign_cpu_ns =
      foreign_cpu_ns(foreign_of_the_living(before.clocks, after.clocks),
                     foreign_by_ledger(ledger));
  if (use.foreign_cpu_ns) return;
  use.unavailable["foreign_cpu_ns"] =
      "/proc hides the processes of others, and what the server used itself is "
      "not known well enough to subtract it";
}

}  // namespace

MachineSample sample_machine(pid_t ours, const std::vector<Process>& server,
                             const std::vector<Process>& all) {
  const auto text = [](const char* path) {
    return read_proc_file(path).value_or("");
  };
  MachineSample sample;
  sample.at = std::chrono::steady_clock::now();
  const std::string stat = text("/proc/stat");
  sample.ticks = parse_cpu_ticks(stat);
  sample.forks = parse_forks(stat);
  sample.clocks = read_clocks(ours, server, all);
  sample.pressure_ns = parse_cpu_pressure_ns(text("/proc/pressure/cpu"));
  const std::string netstat = text("/proc/net/netstat");
  sample.listen_overflows =
      parse_net_table(netstat, "TcpExt:", "ListenOverflows");
  sample.listen_drops = parse_net_table(netstat, "TcpExt:", "ListenDrops");
  sample.retransmitted =
      parse_net_table(text("/proc/net/snmp"), "Tcp:", "RetransSegs");
  sample.time_wait = parse_time_wait(text("/proc/net/sockstat"));
  return sample;
}

MachineUse machine_use(const MachineSample& before, const MachineSample& after,
                       std::optional<std::int64_t> server_ns) {
  MachineUse use;
  AbsenceReasons& absent = use.unavailable;
  use.window_ns = (after.at - before.at) / std::chrono::nanoseconds(1);
  note_ticks(before, after, use);
  note_foreign_cpu(before, after, server_ns, use);
  use.harness_cpu_ns = after.clocks.harness_ns - before.clocks.harness_ns;
  const auto waited = growth(
      before.pressure_ns, after.pressure_ns, "cpu_pressure",
      "this kernel has no /proc/pressure/cpu: boot it with psi=1", absent);
  if (waited && *use.window_ns > 0) {
    // The kernel adds to its total in steps, which may be of before the window.
    const double share =
        static_cast<double>(*waited) / static_cast<double>(*use.window_ns);
    use.cpu_pressure = std::min(share, 1.0);
  }
  use.listen_overflows =
      growth(before.listen_overflows, after.listen_overflows,
             "listen_overflows", "not in /proc/net/netstat", absent);
  use.listen_drops = growth(before.listen_drops, after.listen_drops,
                            "listen_drops", "not in /proc/net/netstat", absent);
  use.retransmitted_segments =
      growth(before.retransmitted, after.retransmitted,
             "retransmitted_segments", "not in /proc/net/snmp", absent);
  use.time_wait_sockets = after.time_wait;
  if (!after.time_wait) {
    absent["time_wait_sockets"] = "not in /proc/net/sockstat";
  }
  return use;
}

}  // namespace sockmark
