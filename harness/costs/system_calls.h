// Counts the system calls of processes with the kernel's tracepoint
// raw_syscalls:sys_enter. Each call then costs some 50 ns more, so never while
// anything else is measured.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lib/fd.h"

namespace sockmark {

class SystemCallCounter {
 public:
  // Counts from now on what these threads and all that they start do. Needs
  // tracefs and CAP_PERFMON.
  explicit SystemCallCounter(const std::set<pid_t>& tasks);

  // Why it does not count, with the remedy; empty if it does.
  const std::string& why_not() const { return why_not_; }

  // So far, those of ended threads and processes included.
  std::optional<std::int64_t> count() const;

 private:
  std::vector<Fd> counters_;
  std::string why_not_;
};

}  // namespace sockmark
