// What Ctrl-C does to a run: once, the trial ends and what is recorded is kept;
// twice, it is over at once.
#pragma once

#include <atomic>

namespace sockmark {

// As long as this lives, the first SIGINT, SIGTERM or SIGHUP is noted, and what
// children there are a little later is killed: whoever waits for one gets on.
// The second kills them and ends this process. One at a time.
class Interruption {
 public:
  // Throws std::system_error.
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  const std::atomic<bool>& noted() const;

  // The signal that was noted; 0 for none.
  int signal() const;
};

}  // namespace sockmark
