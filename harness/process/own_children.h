// The children of the calling process, whichever those are.
#pragma once

namespace sockmark {

// KILL to each. Only system calls: for a process that was forked from one with
// threads. A child that was forked meanwhile may be missed.
void kill_own_children();

}  // namespace sockmark
