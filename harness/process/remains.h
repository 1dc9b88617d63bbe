// What is left of a program whose supervisor was killed: its processes have
// come to us, as we are the next subreaper above.
#pragma once

#include <sys/types.h>

#include <vector>

#include "harness/process/process_tree.h"

namespace sockmark {

// Our descendants that are of the session of `supervisor` or of the group of
// `program`, and the ones below those; zombies too. One that had left both, and
// lost its parent, cannot be told from others.
std::vector<Process> remains_of(pid_t supervisor, pid_t program);

}  // namespace sockmark
