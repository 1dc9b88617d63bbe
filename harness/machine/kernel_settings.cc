#include "harness/machine/kernel_settings.h"

#include <algorithm>
#include <array>

namespace sockmark {
namespace {

// What bears on the cost of a connection, of a wake-up or of a process, and on
// what may be measured.
constexpr std::array kSysctls = {
    "fs.file-max",
    "fs.nr_open",
    "kernel.io_uring_disabled",
    "kernel.numa_balancing",
    "kernel.perf_event_paranoid",
    "kernel.pid_max",
    "kernel.randomize_va_space",
    "kernel.sched_autogroup_enabled",
    "kernel.sched_cfs_bandwidth_slice_us",
    "kernel.sched_rt_runtime_us",
    "kernel.threads-max",
    "net.core.netdev_max_backlog",
    "net.core.rmem_max",
    "net.core.somaxconn",
    "net.core.wmem_max",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.tcp_abort_on_overflow",
    "net.ipv4.tcp_congestion_control",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_max_syn_backlog",
    "net.ipv4.tcp_max_tw_buckets",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_tw_reuse",
    "net.ipv4.tcp_wmem",
    "vm.max_map_count",
    "vm.overcommit_memory",
    "vm.swappiness",
};

std::string path_of(std::string sysctl) {
  std::replace(sysctl.begin(), sysctl.end(), '.', '/');
  return "/proc/sys/" + sysctl;
}

// The scheduler's own word needs debugfs and root; the command line decides
// what can be decided at the start, the build the rest.
Fact<std::string> preemption(const SystemFiles& files,
                             const std::string& version,
                             const std::string& command_line) {
  const auto now = files.line("/sys/kernel/debug/sched/preempt");
  if (now.value) {
    if (auto mode = chosen_in(*now.value)) {
      return Fact<std::string>::known(std::move(*mode));
    }
  }
  constexpr std::string_view kOption = "preempt=";
  for (const std::string& word : words_of(command_line)) {
    if (word.starts_with(kOption)) {
      return Fact<std::string>::known(word.substr(kOption.size()));
    }
  }
  for (const std::string& word : words_of(version)) {
    if (word == "PREEMPT_RT") return Fact<std::string>::known("rt");
    if (word == "PREEMPT") return Fact<std::string>::known("full");
    if (word == "PREEMPT_LAZY") return Fact<std::string>::known("lazy");
  }
  return Fact<std::string>::unknown(
      "only /sys/kernel/debug/sched/preempt would say it, which needs root "
      "and debugfs");
}

Fact<std::string> transparent_hugepages(const SystemFiles& files) {
  auto setting = files.line("/sys/kernel/mm/transparent_hugepage/enabled");
  if (setting.value) {
    setting.value = chosen_in(*setting.value).value_or(*setting.value);
  }
  return setting;
}

Fact<std::map<std::string, std::string>> mitigations(const SystemFiles& files) {
  const std::string folder = "/sys/devices/system/cpu/vulnerabilities/";
  std::map<std::string, std::string> all;
  for (const std::string& name : files.names_in(folder)) {
    const auto state = files.line(folder + name);
    if (state.value) all[name] = *state.value;
  }
  if (all.empty()) return {std::nullopt, "nothing in " + folder};
  return {std::move(all), ""};
}

}  // namespace

std::optional<std::string> chosen_in(std::string_view choices) {
  const auto open = choices.find_first_of("[(");
  const auto close = choices.find_first_of("])");
  if (open == std::string_view::npos || close == std::string_view::npos ||
      close <= open) {
    return std::nullopt;
  }
  return std::string(choices.substr(open + 1, close - open - 1));
}

KernelSettings read_kernel_settings(const SystemFiles& files) {
  const std::string clocks = "/sys/devices/system/clocksource/clocksource0/";
  KernelSettings settings;
  settings.version = files.line("/proc/version");
  settings.command_line = files.line("/proc/cmdline");
  settings.preemption = preemption(files, settings.version.value.value_or(""),
                                   settings.command_line.value.value_or(""));
  settings.transparent_hugepages = transparent_hugepages(files);
  settings.clock_source = files.line(clocks + "current_clocksource");
  settings.clock_sources = files.line(clocks + "available_clocksource");
  settings.mitigations = mitigations(files);
  for (const char* const name : kSysctls) {
    settings.sysctls[name] = files.line(path_of(name));
  }
  return settings;
}

}  // namespace sockmark
