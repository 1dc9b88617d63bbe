// One measuring sockmark at a time: two would measure each other.
#pragma once

#include "lib/fd.h"

namespace sockmark {

// Holds the lock until it is destroyed or the process ends, however it ends:
// an abstract unix(7) socket, which is nowhere on disk and goes with the last
// descriptor. A fork that goes on without exec() has to close it, or it holds
// the lock as well. It reaches as far as the network namespace.
//
// SOCKMARK_LOCK in the environment names another lock.
class RunLock {
 public:
  // Throws std::runtime_error that names the process that holds it.
  RunLock();

 private:
  Fd socket_;
};

}  // namespace sockmark
