// How a process came to its end.
#pragma once

#include <sys/resource.h>

#include <string>

namespace sockmark {

// How a process ended, and what it used: itself and the children it waited for.
struct Ending {
  int status = 0;  // as wait(2) gives it
  rusage usage{};
  // Of its whole tree as far as that had ended: with orphans and daemons.
  rusage tree_usage{};

  bool clean() const;            // exited with 0
  std::string describe() const;  // "exit status 1", "killed by SIGSEGV"
};

}  // namespace sockmark
