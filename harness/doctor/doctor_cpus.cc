// Doctor: the CPUs, how fast they run, and who else is on them.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/doctor/doctor.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Found = std::optional<DoctorFinding>;
using Severity = DoctorFinding::Severity;

constexpr double kForeignCpus = 0.05;  // of one core: rounds are re-run for it
constexpr double kSteal = 0.01;        // the same
constexpr double kBusyQueue = 0.5;     // runnable tasks for each CPU

int online(const Environment& e) {
  return e.topology.online.value
             ? static_cast<int>(e.topology.online.value->size())
             : 0;
}

Found one_cpu(const Environment& e, const MachineState&) {
  const auto& allowed = e.topology.allowed.value;
  const std::size_t cpus = allowed ? allowed->size() : 0;
  if (cpus != 1 && online(e) != 1) return std::nullopt;
  return DoctorFinding{
      Severity::unfit, "one_cpu", "There is only one CPU to use",
      "Server and load take each other's time: what is measured is both.",
      online(e) > 1 ? fmt::format("taskset -a -c -p 0-{} $$", online(e) - 1)
                    : ""};
}

Found shared_core(const Environment& e, const MachineState& state) {
  if (one_cpu(e, state)) return std::nullopt;  // says it already
  if (!server_and_load_share_a_core(e).value.value_or(false)) {
    return std::nullopt;
  }
  return DoctorFinding{
      Severity::unfit, "shared_core",
      "The server's and the load's CPUs are threads of the same core",
      "They share its execution units and caches: a load that works "
      "harder slows the server down.",
      "echo off > /sys/devices/system/cpu/smt/control"};
}

Found governor(const Environment& e, const MachineState&) {
  const auto& governor = e.frequency.governor.value;
  if (!governor || *governor == "performance") return std::nullopt;
  return DoctorFinding{Severity::unfit, "governor",
                       "The frequency governor is " + *governor,
                       "The clock follows the load, and so does the cost of a "
                       "request.",
                       "cpupower frequency-set -g performance"};
}

Found turbo(const Environment& e, const MachineState&) {
  if (!e.frequency.turbo.value.value_or(false)) return std::nullopt;
  const bool is_intel =
      e.frequency.driver.value.value_or("").starts_with("intel_");
  return DoctorFinding{
      Severity::note, "turbo", "Turbo is on",
      "The clock depends on heat and on what other cores do: more "
      "noise, higher figures.",
      is_intel ? "echo 1 > /sys/devices/system/cpu/intel_pstate/"
                 "no_turbo"
               : "echo 0 > /sys/devices/system/cpu/cpufreq/boost"};
}

Found foreign_cpu(const Environment& e, const MachineState& state) {
  const double cpus = state.busy_share.value.value_or(0) * online(e);
  if (cpus <= kForeignCpus) return std::nullopt;
  return DoctorFinding{
      Severity::unfit, "foreign_cpu",
      fmt::format("Other programs use {:.2f} CPUs right now", cpus),
      "They take time from server and load alike, at moments of "
      "their own choice.",
      "top"};
}

Found load_average(const Environment& e, const MachineState&) {
  const double load = e.load.load_1m.value.value_or(0);
  if (online(e) == 0 || load <= kBusyQueue * online(e)) return std::nullopt;
  return DoctorFinding{
      Severity::note, "load_average",
      fmt::format("The load average of the last minute is {:.2f}", load),
      "Something ran here, and may run again: wait until it has fallen.", ""};
}

Found steal(const Environment&, const MachineState& state) {
  const double share = state.steal_share.value.value_or(0);
  if (share <= kSteal) return std::nullopt;
  return DoctorFinding{
      Severity::unfit, "steal",
      "The hypervisor takes " + format_percent(share) + " of the CPUs' time",
      "Other guests on the same host slow this one down, which no "
      "program here can see coming. A host of one's own does not.",
      ""};
}

// Those that a program reads without a system call.
Found clock_source(const Environment& e, const MachineState&) {
  constexpr std::array kFast = {"tsc", "kvm-clock", "arch_sys_counter",
                                "hyperv_clocksource_tsc_page"};
  const auto& clock = e.settings.clock_source.value;
  if (!clock || std::find(kFast.begin(), kFast.end(), *clock) != kFast.end()) {
    return std::nullopt;
  }
  const auto sources = words_of(e.settings.clock_sources.value.value_or(""));
  const bool has_tsc =
      std::find(sources.begin(), sources.end(), "tsc") != sources.end();
  return DoctorFinding{Severity::unfit, "clock_source",
                       "The clock source is " + *clock,
                       "To look at the clock costs a system call and about a "
                       "microsecond: generator and servers slow down.",
                       has_tsc ? "echo tsc > /sys/devices/system/clocksource/"
                                 "clocksource0/current_clocksource"
                               : ""};
}

Found cpu_quota(const Environment& e, const MachineState&) {
  const auto& quota = e.cgroup.cpus.value;
  if (!quota) return std::nullopt;
  return DoctorFinding{
      Severity::unfit, "cpu_quota",
      fmt::format("The control group gets {:.2f} CPUs' time at most", *quota),
      "Who has used up its share is stopped until the next period: pauses of "
      "up to 100 ms that no server makes. Start the container without --cpus.",
      e.cgroup.version.value == 2
          ? "echo max > /sys/fs/cgroup" + e.cgroup.path.value.value_or("") +
                "/cpu.max"
          : ""};
}

Found unpinned_container(const Environment& e, const MachineState&) {
  const auto& container = e.virtualisation.container.value;
  const auto& allowed = e.topology.allowed.value;
  if (!container || *container == "none" || !allowed ||
      static_cast<int>(allowed->size()) < online(e)) {
    return std::nullopt;
  }
  return DoctorFinding{
      Severity::note, "unpinned_container",
      "This is a container (" + *container +
          ") that may use all CPUs of its host",
      "So may the others there. Give it CPUs of its own: docker run "
      "--cpuset-cpus.",
      ""};
}

Found virtual_machine(const Environment& e, const MachineState&) {
  const auto& name = e.virtualisation.hypervisor.value;
  const bool is_virtual =
      name ? *name != "none" : e.processor.hypervisor.value.value_or(false);
  if (!is_virtual) return std::nullopt;
  return DoctorFinding{
      Severity::note, "virtual_machine",
      "This is a virtual machine" + (name ? " (" + *name + ")" : std::string()),
      "Its CPUs may be threads of the same core, and its host may be "
      "shared: neither can be seen from here.",
      ""};
}

}  // namespace

DoctorFindings examine_cpus(const Environment& environment,
                            const MachineState& state) {
  DoctorFindings findings;
  for (const auto check :
       {one_cpu, shared_core, governor, turbo, foreign_cpu, load_average, steal,
        clock_source, cpu_quota, unpinned_container, virtual_machine}) {
    if (auto found = check(environment, state)) {
      findings.push_back(std::move(*found));
    }
  }
  return findings;
}

}  // namespace sockmark
