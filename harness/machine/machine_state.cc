#include "harness/machine/machine_state.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <thread>

#include "harness/process/process_tree.h"

namespace sockmark {
namespace {

std::string why_no_cgroup(const std::string& folder) {
  if (folder.empty()) return "no control group is mounted";
  const std::string probe =
      fmt::format("{}/sockmark-doctor-{}", folder, getpid());
  if (mkdir(probe.c_str(), 0755) != 0) {
    return "cannot make a folder in " + folder + ": " +
           std::generic_category().message(errno);
  }
  rmdir(probe.c_str());
  return "";
}

std::string why_no_trace_point(const SystemFiles& files) {
  const std::string folder = "/sys/kernel/tracing";
  const auto id = files.number(folder + "/events/raw_syscalls/sys_enter/id");
  return id.value ? "" : id.why_not;
}

CpuTimes operator-(const CpuTimes& a, const CpuTimes& b) {
  return {.busy = a.busy - b.busy,
          .idle = a.idle - b.idle,
          .stolen = a.stolen - b.stolen};
}

std::optional<CpuTimes> read_cpu_times(const SystemFiles& files) {
  return parse_cpu_times(files.text("/proc/stat").value.value_or(""));
}

void watch(const SystemFiles& files, std::chrono::nanoseconds window,
           MachineState& state) {
  const auto before = read_cpu_times(files);
  std::this_thread::sleep_for(window);
  const auto after = read_cpu_times(files);
  const std::string reason = "no CPU times in /proc/stat";
  state.busy_share = state.steal_share = Fact<double>::unknown(reason);
  if (!before || !after) return;
  const CpuTimes used = *after - *before;
  const auto all = static_cast<double>(used.busy + used.idle + used.stolen);
  if (all <= 0) return;
  state.busy_share = Fact<double>::known(static_cast<double>(used.busy) / all);
  state.steal_share =
      Fact<double>::known(static_cast<double>(used.stolen) / all);
}

}  // namespace

// proc_stat(5): user nice system idle iowait irq softirq steal; user has what
// guests of our own use.
std::optional<CpuTimes> parse_cpu_times(std::string_view stat) {
  const auto words = words_of(stat.substr(0, stat.find('\n')));
  if (words.size() < 9 || words[0] != "cpu") return std::nullopt;
  std::vector<std::int64_t> ticks;
  for (std::size_t at = 1; at < 9; ++at) {
    const auto count = parse_integer(words[at]);
    if (!count) return std::nullopt;
    ticks.push_back(*count);
  }
  return CpuTimes{.busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6],
                  .idle = ticks[3] + ticks[4],
                  .stolen = ticks[7]};
}

std::vector<pid_t> others_named(const SystemFiles& files,
                                const std::string& name, pid_t self) {
  std::vector<pid_t> others;
  for (const std::string& entry : files.names_in("/proc")) {
    const auto pid = parse_integer(entry);
    if (!pid || *pid == self) continue;
    const auto called = files.line("/proc/" + entry + "/comm");
    if (called.value == name) others.push_back(static_cast<pid_t>(*pid));
  }
  return others;
}

MachineState observe_machine(const SystemFiles& files,
                             const CgroupLimits& cgroup,
                             std::chrono::nanoseconds window) {
  MachineState state;
  watch(files, window, state);
  state.is_root = geteuid() == 0;
  state.no_cgroup = why_no_cgroup(cgroup.folder);
  state.no_trace_point = why_no_trace_point(files);
  state.has_tracefs = files.exists("/sys/kernel/tracing/events") ||
                      files.text("/proc/self/mountinfo")
                              .value.value_or("")
                              .find(" - tracefs ") != std::string::npos;
  state.other_sockmarks = others_named(files, "sockmark", getpid());
  // A child of ours has our name until it runs its own program.
  for (const Process& own : descendants_of(getpid())) {
    std::erase(state.other_sockmarks, own.pid);
  }
  return state;
}

}  // namespace sockmark
