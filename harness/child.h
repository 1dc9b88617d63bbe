// One child process, in a process group of its own.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lib/fd.h"

namespace sockmark {

struct ChildSpec {
  std::vector<std::string> argv;  // argv[0] is looked up in PATH
  std::vector<int> cpus;          // it may run on; empty: on any
};

// How a process ended, and what it used: itself and the children it waited for.
struct Ending {
  int status = 0;  // as wait(2) gives it
  rusage usage{};

  bool clean() const;            // exited with 0
  std::string describe() const;  // "exit status 1", "killed by SIGSEGV"
};

// Starts in the constructor. The destructor kills what is left of the whole
// group and reaps it, and the kernel kills the process if we die first, so no
// child outlives its owner. What it prints is kept in memory: it can neither
// block on us nor clutter the terminal.
class Child {
 public:
  // Throws std::system_error that names the program if it cannot be run.
  explicit Child(const ChildSpec& spec);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Also the id of its process group.
  pid_t pid() const { return pid_; }

  // What it has written so far.
  std::string out() const;
  std::string err() const;

  // Waits until it ends, at most so long. Nothing if it is still running.
  std::optional<Ending> wait_for(std::chrono::nanoseconds limit);

  // TERM to the group, and KILL to what is left of it after `grace`.
  Ending stop(std::chrono::nanoseconds grace);

  // Whether any process of its group is left, itself included.
  bool group_exists() const;

 private:
  void reap_group();

  pid_t pid_ = -1;
  Fd pidfd_;
  Fd out_;
  Fd err_;
  std::optional<Ending> ending_;
};

}  // namespace sockmark
