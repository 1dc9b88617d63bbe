// A program that is about to be run. All that takes memory is done before the
// fork, so that after it only async-signal-safe calls are left.
#pragma once

#include <sched.h>
#include <sys/types.h>

#include <string>
#include <vector>

#include "harness/process/child_spec.h"
#include "lib/fd.h"

namespace sockmark {

// Why it could not be run.
struct StartFailure {
  enum class Step { fork, cpus, cgroup, folder, exec };
  Step step = Step::fork;
  int error = 0;  // an errno
};

class Program {
 public:
  // Writes to the descriptors `out` and `err`, which it does not own. Throws
  // std::system_error if the cgroup cannot be opened.
  Program(const ChildSpec& spec, int out, int err);

  int out() const { return out_; }
  int err() const { return err_; }
  int cgroup() const { return cgroup_.get(); }  // -1: none

  // Makes the calling process, a fresh fork of `parent`, this program, in a
  // process group of its own; it dies with `parent`. Returns only on failure.
  StartFailure become(pid_t parent) const;

  // What a failure is to be called: "cannot run sh".
  std::string describe(StartFailure::Step step) const;

 private:
  ChildSpec spec_;
  std::vector<std::string> assignments_;  // the environment
  std::vector<char*> argv_;
  std::vector<char*> envp_;
  cpu_set_t cpus_{};
  Fd cgroup_;
  int out_;
  int err_;
};

}  // namespace sockmark
