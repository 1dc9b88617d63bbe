// Doctor: what the kernel allows, and how it is set.
#include <fmt/format.h>

#include "harness/doctor/doctor.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Found = std::optional<DoctorFinding>;
using Severity = DoctorFinding::Severity;

// The preset `full` holds 10,000 idle connections beside its load; the server
// and the generator each need a descriptor for every one.
constexpr std::int64_t kDescriptors = 12'000;
constexpr std::int64_t kBacklog = 4096;  // what the servers ask for at most
constexpr std::int64_t kPorts = 16'384;

std::optional<std::int64_t> setting(const Environment& e,
                                    const std::string& name) {
  const auto found = e.settings.sysctls.find(name);
  if (found == e.settings.sysctls.end() || !found->second.value) {
    return std::nullopt;
  }
  return parse_integer(*found->second.value);
}

Found swap(const Environment& e, const MachineState&) {
  const auto used = e.load.swap_used_bytes.value.value_or(0);
  if (used == 0) return std::nullopt;
  return DoctorFinding{
      Severity::unfit, "swap",
      fmt::format("{} MiB of swap are in use",
                  format_count(static_cast<double>(used) / (1 << 20))),
      "What was paged out is read from disk when it is needed, in "
      "the middle of a trial.",
      "swapoff -a"};
}

Found descriptors(const Environment& e, const MachineState&) {
  const auto& limit = e.limits.descriptors.value;
  if (!limit || *limit >= kDescriptors) return std::nullopt;
  const auto& hard = e.limits.descriptors_hard.value;
  const bool may_raise = !hard || *hard >= kDescriptors;
  return DoctorFinding{
      Severity::unfit, "descriptors",
      fmt::format("A process may have {} descriptors",
                  format_count(static_cast<double>(*limit))),
      fmt::format("The preset full holds 10,000 idle connections: it needs {}.",
                  format_count(kDescriptors)),
      may_raise
          ? fmt::format("ulimit -n {}", kDescriptors)
          : fmt::format("prlimit --pid $$ --nofile={0}:{0}", kDescriptors)};
}

Found port_range(const Environment& e, const MachineState&) {
  const auto found = e.settings.sysctls.find("net.ipv4.ip_local_port_range");
  if (found == e.settings.sysctls.end()) return std::nullopt;
  const auto ends = words_of(found->second.value.value_or(""));
  if (ends.size() != 2) return std::nullopt;
  const auto first = parse_integer(ends[0]);
  const auto last = parse_integer(ends[1]);
  if (!first || !last || *last - *first + 1 >= kPorts) return std::nullopt;
  return DoctorFinding{
      Severity::note, "port_range",
      fmt::format("A client has {} ports",
                  format_count(static_cast<double>(*last - *first + 1))),
      "Each closed connection keeps one for a minute. loadgen uses "
      "508 addresses; wrk and others have one and run out.",
      "sysctl -w net.ipv4.ip_local_port_range='10240 65000'"};
}

Found time_wait(const Environment& e, const MachineState&) {
  if (setting(e, "net.ipv4.tcp_tw_reuse").value_or(1) != 0) {
    return std::nullopt;
  }
  return DoctorFinding{
      Severity::note, "time_wait", "Ports in TIME_WAIT are not used again",
      "Tools with one address run out of ports when each request "
      "has a connection of its own.",
      "sysctl -w net.ipv4.tcp_tw_reuse=2"};
}

Found backlog(const Environment& e, const MachineState&) {
  const auto limit = setting(e, "net.core.somaxconn");
  if (!limit || *limit >= kBacklog) return std::nullopt;
  return DoctorFinding{
      Severity::unfit, "backlog",
      fmt::format("A listener's backlog is cut to {}", *limit),
      "Where more connect at once, the kernel drops them, and they try again "
      "after a second: that is measured instead of the server.",
      fmt::format("sysctl -w net.core.somaxconn={}", kBacklog)};
}

Found syncookies(const Environment& e, const MachineState&) {
  if (setting(e, "net.ipv4.tcp_syncookies").value_or(1) != 2) {
    return std::nullopt;
  }
  return DoctorFinding{
      Severity::note, "syncookies", "Every connection is made with SYN cookies",
      "They cost a hash for each connection and lose TCP options.",
      "sysctl -w net.ipv4.tcp_syncookies=1"};
}

Found io_uring(const Environment& e, const MachineState& state) {
  const auto disabled = setting(e, "kernel.io_uring_disabled").value_or(0);
  if (disabled == 0 || (disabled == 1 && state.is_root)) return std::nullopt;
  return DoctorFinding{
      Severity::note, "io_uring", "io_uring is turned off",
      "The model io_uring cannot run, and loadgen uses epoll, which "
      "needs more CPU.",
      "sysctl -w kernel.io_uring_disabled=0"};
}

// Tracepoints of the whole system are root's, or of everybody at -1.
Found trace_point(const Environment& e, const MachineState& state) {
  const std::string what = "System calls cannot be counted";
  const std::string why =
      "Their number for each request stays unknown; all else is measured. ";
  if (!state.no_trace_point.empty()) {
    return DoctorFinding{
        Severity::note, "trace_point", what, why + state.no_trace_point + ".",
        state.has_tracefs ? "sudo sockmark ..."
                          : "mount -t tracefs none /sys/kernel/tracing"};
  }
  const auto paranoid = setting(e, "kernel.perf_event_paranoid").value_or(2);
  if (state.is_root || paranoid < 0) return std::nullopt;
  return DoctorFinding{
      Severity::note, "trace_point", what,
      why + fmt::format("kernel.perf_event_paranoid is {}.", paranoid),
      "sysctl -w kernel.perf_event_paranoid=-1"};
}

Found control_group(const Environment&, const MachineState& state) {
  if (state.no_cgroup.empty()) return std::nullopt;
  return DoctorFinding{
      Severity::note, "control_group",
      "No control group can be made for a server",
      "Its CPU time is summed over its processes instead, which is "
      "as exact but for children that it never waits for. " +
          state.no_cgroup + ".",
      state.is_root ? "" : "sudo sockmark ..."};
}

Found mitigations(const Environment& e, const MachineState&) {
  const auto& all = e.settings.mitigations.value;
  int active = 0;
  if (all) {
    for (const auto& [name, what] : *all) {
      if (what.starts_with("Mitigation")) ++active;
    }
  }
  if (active == 0) return std::nullopt;
  return DoctorFinding{
      Severity::note, "mitigations",
      fmt::format("The kernel works round {} weakness{} of the "
                  "processor",
                  active, active == 1 ? "" : "es"),
      "Each system call and context switch costs more for it, which "
      "models pay differently: compare only machines that do the "
      "same.",
      ""};
}

}  // namespace

DoctorFindings examine_kernel(const Environment& environment,
                              const MachineState& state) {
  DoctorFindings findings;
  for (const auto check :
       {swap, descriptors, backlog, port_range, time_wait, syncookies, io_uring,
        trace_point, control_group, mitigations}) {
    if (auto found = check(environment, state)) {
      findings.push_back(std::move(*found));
    }
  }
  return findings;
}

}  // namespace sockmark
