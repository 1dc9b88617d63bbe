#include "harness/costs/tree_usage.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "harness/process/proc_file.h"

namespace sockmark {
namespace {

constexpr std::int64_t kKibibyte = 1024;

// Since Linux 6.2 the folder's size is the number of descriptors.
std::optional<int> count_fds(pid_t pid) {
  const std::string folder = fmt::format("/proc/{}/fd", pid);
  struct stat info {};
  if (stat(folder.c_str(), &info) == 0 && info.st_size > 0) {
    return static_cast<int>(info.st_size);
  }
  std::error_code error;
  const std::filesystem::directory_iterator entries(folder, error);
  if (error == std::errc::permission_denied) return std::nullopt;
  if (error) return 0;  // it has just ended
  return static_cast<int>(std::distance(begin(entries), end(entries)));
}

std::vector<pid_t> tasks_of(pid_t pid) {
  std::vector<pid_t> tasks;
  std::error_code ended;
  std::filesystem::directory_iterator entry(fmt::format("/proc/{}/task", pid),
                                            ended);
  while (!ended && entry != std::filesystem::directory_iterator()) {
    const std::string name = entry->path().filename().string();
    pid_t task = 0;
    std::from_chars(name.data(), name.data() + name.size(), task);
    tasks.push_back(task);
    entry.increment(ended);
  }
  return tasks;
}

bool is_ended(const Process& process) {
  return process.is_zombie() || process.state == 'X';
}

}  // namespace

std::vector<Process> members_of(const ServerTree& tree,
                                const std::vector<Process>& all) {
  const bool supervised = tree.supervisor > 0;
  std::vector<Process> members =
      descendants_of(supervised ? tree.supervisor : tree.program, all);
  if (!supervised) {
    std::set<pid_t> known;
    for (const Process& member : members) known.insert(member.pid);
    for (const Process& process : all) {
      const bool is_of_it =
          process.pid == tree.program || process.group == tree.program;
      if (is_of_it && !known.contains(process.pid)) members.push_back(process);
    }
  }
  std::set<pid_t> pids;
  for (const Process& member : members) pids.insert(member.pid);
  std::erase_if(members, [&](const Process& process) {
    return process.is_zombie() && !pids.contains(process.parent);
  });
  return members;
}

std::optional<std::int64_t> cpu_clock_of(pid_t pid) {
  clockid_t clock = 0;
  timespec now{};
  if (clock_getcpuclockid(pid, &clock) != 0 ||
      clock_gettime(clock, &now) != 0) {
    return std::nullopt;
  }
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

TreeCpu read_tree_cpu(const ServerTree& tree,
                      const std::vector<Process>& members) {
  TreeCpu cpu;
  const auto add_children_of = [&cpu](const Process& process) {
    cpu.sum_ns += process.children_user_ns + process.children_system_ns;
    cpu.user_ns += process.children_user_ns;
    cpu.system_ns += process.children_system_ns;
  };
  for (const Process& process : members) {
    cpu.sum_ns +=
        cpu_clock_of(process.pid).value_or(process.user_ns + process.system_ns);
    cpu.user_ns += process.user_ns;
    cpu.system_ns += process.system_ns;
    add_children_of(process);
  }
  if (tree.supervisor > 0) {
    if (const auto supervisor = read_process(tree.supervisor)) {
      add_children_of(*supervisor);
    }
  }
  return cpu;
}

std::optional<TaskStatus> parse_task_status(std::string_view text) {
  const auto voluntary = number_after(text, "voluntary_ctxt_switches:");
  const auto involuntary = number_after(text, "nonvoluntary_ctxt_switches:");
  if (!voluntary || !involuntary) return std::nullopt;
  return TaskStatus{
      .voluntary = *voluntary,
      .involuntary = *involuntary,
      .peak_rss_bytes = number_after(text, "VmHWM:").value_or(0) * kKibibyte};
}

TreeCounts read_tree_counts(const std::vector<Process>& members) {
  TreeCounts counts;
  counts.fds = 0;
  for (const Process& process : members) {
    if (is_ended(process)) {
      ++counts.zombies;
      continue;
    }
    ++counts.processes;
    const auto tasks = tasks_of(process.pid);
    counts.threads += static_cast<int>(tasks.size());
    counts.tasks.insert(tasks.begin(), tasks.end());
    const auto fds = count_fds(process.pid);
    counts.fds =
        fds && counts.fds ? std::optional(*counts.fds + *fds) : std::nullopt;
  }
  return counts;
}

TreeActivity read_tree_activity(const std::vector<Process>& members) {
  TreeActivity activity;
  for (const Process& process : members) {
    activity.children_faults += process.children_faults;
    if (is_ended(process)) continue;
    std::int64_t peak_rss_bytes = 0;
    for (const pid_t task : tasks_of(process.pid)) {
      const auto status = parse_task_status(
          read_proc_file(
              fmt::format("/proc/{}/task/{}/status", process.pid, task))
              .value_or(""));
      if (!status) continue;
      activity.switches_voluntary += status->voluntary;
      activity.switches_involuntary += status->involuntary;
      peak_rss_bytes = std::max(peak_rss_bytes, status->peak_rss_bytes);
    }
    activity.peak_rss_bytes += peak_rss_bytes;
  }
  return activity;
}

Pss read_pss(const std::vector<Process>& members) {
  Pss pss{.bytes = 0, .why_not = ""};
  for (const Process& process : members) {
    if (is_ended(process)) continue;
    const std::string path = fmt::format("/proc/{}/smaps_rollup", process.pid);
    const auto text = read_proc_file(path);
    const int error = errno;
    if (!text) {
      const auto now = read_process(process.pid);
      if (!now || is_ended(*now)) continue;
      return {.bytes = std::nullopt,
              .why_not = fmt::format("cannot read {}: {}", path,
                                     std::strerror(error))};
    }
    *pss.bytes += number_after(*text, "Pss:").value_or(0) * kKibibyte;
  }
  return pss;
}

}  // namespace sockmark
