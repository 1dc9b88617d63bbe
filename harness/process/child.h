// One child process, in a process group of its own, with all that comes of it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "harness/process/child_spec.h"
#include "harness/process/ending.h"
#include "harness/process/process_tree.h"
#include "harness/process/supervisor.h"
#include "lib/fd.h"

namespace sockmark {

// Starts in the constructor, below a supervisor. The destructor kills what is
// left of the whole tree, daemons that left the group included, and the
// supervisor does so if we die first, so no process of it outlives its owner.
// What it prints is kept in memory: it can neither block on us nor clutter the
// terminal. It has no terminal: Ctrl-C is for us only.
class Child {
 public:
  // Throws std::system_error that names the program if it cannot be run, and
  // its cgroup or folder if those are at fault.
  explicit Child(const ChildSpec& spec);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Also the id of its process group.
  pid_t pid() const { return pid_; }

  // Its descendants are the program and all that came of it.
  pid_t supervisor() const { return supervisor_.pid; }

  // What it has written so far.
  std::string out() const;
  std::string err() const;

  // Waits until it ends, at most so long, or until a signal was handled.
  // Nothing if it is still running.
  std::optional<Ending> wait_for(std::chrono::nanoseconds limit);

  // The stop signal to the group, and after `grace` KILL to what is left of the
  // whole tree. A process in uninterruptible sleep may be left: tree_exists().
  Ending stop(std::chrono::nanoseconds grace);

  // What stop() had to kill: processes that were not done within the grace.
  const std::vector<Process>& killed() const { return killed_; }

  // Whether any process of its group is left, itself included.
  bool group_exists() const;

  // Whether any process of its tree is left, in whatever group or session. One
  // that ended and whose parent has not waited for it is.
  bool tree_exists() const;

 private:
  using Deadline = std::chrono::steady_clock::time_point;

  std::vector<Process> tree() const;
  void require_start(const Program& program);
  bool receive_until(Deadline deadline);
  void note(const SupervisorReport& report);
  void await_all_ended(Deadline deadline);
  void signal_group(int signal) const;
  void end_tree();
  void take_over();

  Supervisor supervisor_;
  pid_t pid_ = -1;
  int stop_signal_;
  Fd out_;
  Fd err_;
  std::optional<Ending> ending_;
  std::vector<Process> killed_;
  bool all_ended_ = false;  // or the supervisor was killed and we took over
};

}  // namespace sockmark
