// What a server's process tree has and has used at one moment, from /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/process/process_tree.h"

namespace sockmark {

// Which processes are the server. With a supervisor: all below it, wherever
// they went. Without: the program, all below it and its group, which lacks
// daemons that made a session of their own.
struct ServerTree {
  pid_t program = -1;
  pid_t supervisor = -1;  // the parent of the program and of all orphans
};

// Zombies that wait for us or for the supervisor are no part of it.
std::vector<Process> members_of(const ServerTree& tree,
                                const std::vector<Process>& all);

// CPU of the living and of the children that they and `supervisor` have waited
// for. Exact to the nanosecond for living processes, their ended threads
// included; to a kernel's tick (10 ms) for ended children. Children that nobody
// waits for, because their parent ignores SIGCHLD, are lost, and so are the
// last steps (2 us or so) of each thread that ends, after the kernel has closed
// its account: only a control group has those.
struct TreeCpu {
  std::int64_t sum_ns = 0;
  std::int64_t user_ns = 0;  // these two by ticks
  std::int64_t system_ns = 0;
};

TreeCpu read_tree_cpu(const ServerTree& tree,
                      const std::vector<Process>& members);

// Of the process with all its threads, ended ones included. Nothing if it is
// gone.
std::optional<std::int64_t> cpu_clock_of(pid_t pid);

// Of a /proc/PID/task/TID/status. Kernel threads and zombies have no memory.
struct TaskStatus {
  std::int64_t voluntary = 0;  // context switches
  std::int64_t involuntary = 0;
  std::int64_t peak_rss_bytes = 0;  // of the process
};

// Nothing if it has no counts of switches.
std::optional<TaskStatus> parse_task_status(std::string_view text);

struct TreeCounts {
  int processes = 0;  // alive
  int threads = 0;
  int zombies = 0;
  std::optional<int> fds;  // none: some are not ours to see

  // The ids of all threads. When they differ between two moments, some came or
  // went, and what those had counted is missing from any sum over the living.
  std::set<pid_t> tasks = {};
};

TreeCounts read_tree_counts(const std::vector<Process>& members);

// Sums over the living. Costs a file for each thread.
struct TreeActivity {
  std::int64_t switches_voluntary = 0;
  std::int64_t switches_involuntary = 0;

  // The sum of the processes' peaks: what they share counts for each.
  std::int64_t peak_rss_bytes = 0;

  std::int64_t children_faults = 0;  // grows with each child waited for
};

TreeActivity read_tree_activity(const std::vector<Process>& members);

// Memory with what is shared divided among those who share it. Costs the server
// a walk through its page tables. Nothing, and `why_not`, where it is not
// permitted or not there.
struct Pss {
  std::optional<std::int64_t> bytes;
  std::string why_not;
};

Pss read_pss(const std::vector<Process>& members);

}  // namespace sockmark
