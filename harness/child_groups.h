// The process groups of the children that live, for a signal handler that has
// to end them all.
#pragma once

#include <sys/types.h>

namespace sockmark {

// Told by Child alone. More than 64 at a time are not noted.
void note_child_group(pid_t group);
void forget_child_group(pid_t group);

// KILL to all of them. Async-signal-safe; they are left to be reaped.
void kill_child_groups();

}  // namespace sockmark
