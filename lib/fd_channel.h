// A channel that carries descriptors from one process to others.
#pragma once

#include <optional>

#include "lib/fd.h"

namespace sockmark {

// SCM_RIGHTS over a socket pair that all processes share: whoever receives
// first gets the descriptor. To be made before the forks.
class FdChannel {
 public:
  // Throws std::system_error.
  FdChannel();

  // Sends a copy of `fd`. Waits for room. False when too many are under way.
  bool send(const Fd& fd);
  // No more will come from this process: each has an end to close.
  void close_sending_end() { sender_.reset(); }

  // Waits for one. Nothing when all sending ends are closed.
  std::optional<Fd> receive();

 private:
  Fd sender_;
  Fd receiver_;
};

}  // namespace sockmark
