#include "harness/process/remains.h"

#include <unistd.h>

#include <set>

namespace sockmark {

std::vector<Process> remains_of(pid_t supervisor, pid_t program) {
  std::vector<Process> remains;
  std::set<pid_t> known;
  for (const Process& process : descendants_of(getpid())) {
    if (process.pid == supervisor) continue;
    if (process.session == supervisor || process.group == program ||
        known.contains(process.parent)) {
      remains.push_back(process);
      known.insert(process.pid);
    }
  }
  return remains;
}

}  // namespace sockmark
