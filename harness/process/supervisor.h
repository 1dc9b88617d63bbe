// The process between us and a program that we run. Whatever the program forks,
// in whatever group or session, stays below it, because it is a subreaper; and
// it ends all of that when we die, by KILL too, or when we tell it to.
//
// It is forked without an exec, from a process that may have threads: it makes
// only system calls, and takes no memory and no lock.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <chrono>

#include "harness/process/program.h"
#include "lib/fd.h"

namespace sockmark {

// A packet from the supervisor. First `started` or `not_started`, then `ended`
// of the program and `all_ended`, upon which the supervisor ends. If it ends
// without that, it was killed, or could not end all within kKillsFor.
struct SupervisorReport {
  enum class Kind { started, not_started, ended, all_ended };
  Kind kind = Kind::started;
  pid_t program = -1;
  StartFailure failure{};
  int status = 0;       // of the program, as wait(2) gives it
  rusage usage{};       // of the program and the children it waited for
  rusage tree_usage{};  // of it and of all that the supervisor waited for
};

struct Supervisor {
  pid_t pid = -1;
  Fd control;  // reports come from here; shut down or closed: it kills all
};

// How long it keeps killing what does not die.
inline constexpr std::chrono::seconds kKillsFor(10);

// Throws std::system_error. The caller has to wait for `pid`.
Supervisor start_supervisor(const Program& program);

}  // namespace sockmark
