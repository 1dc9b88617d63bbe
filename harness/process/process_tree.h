// The processes below one, from /proc.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sockmark {

// What /proc/PID/stat says of a process. Times in ns, as coarse as the kernel's
// tick (10 ms); those of children are of the ones that it has waited for.
struct Process {
  pid_t pid = 0;
  pid_t parent = 0;
  pid_t group = 0;
  pid_t session = 0;
  std::string name = {};  // the first 15 bytes of the program's
  char state = '?';       // as in ps(1): R, S, D, Z
  int threads = 0;
  std::int64_t user_ns = 0;
  std::int64_t system_ns = 0;
  std::int64_t children_user_ns = 0;
  std::int64_t children_system_ns = 0;
  std::int64_t children_faults = 0;  // minor ones, of the same children
  std::int64_t started_ticks = 0;    // since boot: tells reused ids apart

  // Ended with all its threads: the first one alone is a zombie before that.
  bool is_zombie() const { return state == 'Z' && threads <= 1; }
};

// Nothing if it has ended and was reaped.
std::optional<Process> read_process(pid_t pid);

// All that can be seen.
std::vector<Process> all_processes();

// All processes whose parent, grandparent, ... is `ancestor`, itself left out;
// parents come before their children. One that ends meanwhile is left out.
std::vector<Process> descendants_of(pid_t ancestor);

// Those among `all`.
std::vector<Process> descendants_of(pid_t ancestor,
                                    const std::vector<Process>& all);

}  // namespace sockmark
