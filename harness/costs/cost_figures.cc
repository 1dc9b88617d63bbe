#include "harness/costs/cost_figures.h"

#include <algorithm>
#include <cmath>

namespace sockmark {
namespace {

using std::chrono::nanoseconds;

constexpr const char* kNoWindow =
    "the load ended before the samples at its window's ends could be taken";
constexpr const char* kForeignFds =
    "a process of the server belongs to another user: /proc/PID/fd is closed";

// Each connection of a keep-alive load was made before the window.
std::uint64_t connections_made(const Workload& workload,
                               const LoadResult& load) {
  return workload.keep_alive ? 0 : load.completed.value_or(0);
}

// From the time between the samples to the measured window.
class Scale {
 public:
  Scale(const CostReadings& readings, const LoadResult& load)
      : factor_(
            static_cast<double>(load.measured_ns.value_or(0)) /
            static_cast<double>(
                nanoseconds(readings.last->at - readings.first->at).count())) {}

  std::int64_t operator()(std::int64_t value) const {
    return std::llround(static_cast<double>(value) * factor_);
  }

 private:
  double factor_;
};

void note_cpu(const CostReadings& readings, const LoadResult& load,
              Resources& resources) {
  const Scale scale(readings, load);
  const WindowCpu cpu = cpu_between(*readings.first, *readings.last);
  resources.cpu_source = cpu.source;
  if (cpu.split) {
    resources.cpu_user_ns = scale(cpu.split->user_ns);
    resources.cpu_system_ns = scale(cpu.split->system_ns);
  } else {
    for (const char* const name : {"cpu_user_ns", "cpu_system_ns"}) {
      resources.unavailable[name] = "too little CPU time to split it by ticks";
    }
  }
  if (load.completed.value_or(0) > 0) {
    resources.cpu_ns_per_request = static_cast<double>(scale(cpu.sum_ns)) /
                                   static_cast<double>(*load.completed);
  } else {
    resources.unavailable["cpu_ns_per_request"] = "no request was completed";
  }
}

void note_switches(const CostReadings& readings, const Workload& workload,
                   const LoadResult& load, Resources& resources) {
  if (tasks_came_and_went(readings, connections_made(workload, load))) {
    for (const char* const name :
         {"context_switches_voluntary", "context_switches_involuntary"}) {
      resources.unavailable[name] =
          "threads or processes of the server ended in the window, and their "
          "counts with them";
    }
    return;
  }
  const Scale scale(readings, load);
  const TreeActivity& first = readings.first->activity;
  const TreeActivity& last = readings.last->activity;
  resources.context_switches_voluntary =
      scale(last.switches_voluntary - first.switches_voluntary);
  resources.context_switches_involuntary =
      scale(last.switches_involuntary - first.switches_involuntary);
}

void note_window(const CostReadings& readings, const Workload& workload,
                 const LoadResult& load, Resources& resources) {
  const bool sampled = readings.first && readings.last;
  if (sampled && load.measured_ns) {
    note_cpu(readings, load, resources);
    note_switches(readings, workload, load, resources);
    return;
  }
  for (const char* const name :
       {"cpu_user_ns", "cpu_system_ns", "cpu_ns_per_request", "cpu_source",
        "context_switches_voluntary", "context_switches_involuntary"}) {
    resources.unavailable[name] =
        sampled ? "the load tool does not say how long it measured" : kNoWindow;
  }
}

void note_memory(const CostReadings& readings, const Workload& workload,
                 Resources& resources) {
  resources.pss_idle_bytes = readings.idle_memory.bytes;
  resources.pss_loaded_bytes = readings.loaded_memory.bytes;
  AbsenceReasons& absent = resources.unavailable;
  if (!readings.idle_memory.bytes) {
    absent["pss_idle_bytes"] = readings.idle_memory.why_not;
  }
  if (!readings.loaded_memory.bytes) {
    absent["pss_loaded_bytes"] = readings.loaded_memory.why_not;
  }
  if (!workload.keep_alive) {
    absent["pss_bytes_per_connection"] =
        "the connections of this load do not stay";
  } else if (resources.pss_idle_bytes && resources.pss_loaded_bytes) {
    const auto connections = static_cast<double>(workload.connections) +
                             static_cast<double>(workload.idle_connections);
    resources.pss_bytes_per_connection =
        static_cast<double>(*resources.pss_loaded_bytes -
                            *resources.pss_idle_bytes) /
        connections;
  } else {
    absent["pss_bytes_per_connection"] =
        "one of pss_idle_bytes and pss_loaded_bytes is not known";
  }
}

void note_peaks(const CostReadings& readings, Resources& resources) {
  resources.threads_peak = readings.peak.threads;
  resources.processes_peak = readings.peak.processes;
  resources.fds_peak = readings.peak.fds;
  if (!readings.peak.fds) resources.unavailable["fds_peak"] = kForeignFds;
  if (readings.peak_rss_bytes > 0) {
    resources.peak_rss_bytes = readings.peak_rss_bytes;
  } else {
    resources.unavailable["peak_rss_bytes"] = kNoWindow;
  }
}

void note_leaks(const CostReadings& readings, Resources& resources) {
  AbsenceReasons& absent = resources.unavailable;
  if (!readings.left) {
    for (const char* const name : {"fds", "threads", "processes", "zombies"}) {
      absent[std::string("leaked.") + name] = "the load did not end";
    }
    return;
  }
  const TreeCounts& before = readings.idle;
  const TreeCounts& after = *readings.left;
  const auto more = [](int then, int now) { return std::max(now - then, 0); };
  resources.leaked.threads = more(before.threads, after.threads);
  resources.leaked.processes = more(before.processes, after.processes);
  resources.leaked.zombies = more(before.zombies, after.zombies);
  if (before.fds && after.fds) {
    resources.leaked.fds = more(*before.fds, *after.fds);
  } else {
    absent["leaked.fds"] = kForeignFds;
  }
}

}  // namespace

Resources resources_from(const CostReadings& readings, const Workload& workload,
                         const LoadResult& load) {
  Resources resources;
  note_window(readings, workload, load, resources);
  note_memory(readings, workload, resources);
  note_peaks(readings, resources);
  note_leaks(readings, resources);
  return resources;
}

MachineUse machine_from(const CostReadings& readings, const Workload& workload,
                        const LoadResult& load) {
  MachineUse use;
  if (!readings.first || !readings.last) {
    for (const char* const name :
         {"window_ns", "cpus", "foreign_cpu_ns", "steal_ns", "cpu_pressure",
          "listen_overflows", "listen_drops", "retransmitted_segments",
          "time_wait_sockets"}) {
      use.unavailable[name] = kNoWindow;
    }
    return use;
  }
  // The exact clocks of the living bound the group's lagging account.
  const WindowCpu cpu = cpu_between(*readings.first, *readings.last);
  const std::int64_t living =
      readings.last->cpu.sum_ns - readings.first->cpu.sum_ns;
  std::optional<std::int64_t> server_ns;
  if (cpu.source == "cgroup" ||
      !tasks_came_and_went(readings, connections_made(workload, load))) {
    server_ns = std::max(cpu.sum_ns, living);
  }
  return machine_use(readings.first->machine, readings.last->machine,
                     server_ns);
}

}  // namespace sockmark
