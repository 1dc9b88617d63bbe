// A time at which each of many is due, at most one for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <vector>

#include "loadgen/tally.h"

namespace sockmark {

// Setting a timer anew is cheap, and so is never letting it expire: what is
// queued is only looked at again when its time comes, and then put off.
class Timers {
 public:
  static constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();

  explicit Timers(std::size_t count)
      : due_(count, kNever), queued_(count, kNever) {}

  // Instead of any that was set before; kNever: none.
  void set(std::size_t who, Nanoseconds when);

  // When to ask again; not after the next that is due.
  Nanoseconds next() const {
    return queue_.empty() ? kNever : queue_.top().when;
  }

  // One that is due, and no longer. Nothing if none is.
  std::optional<std::size_t> take_due(Nanoseconds now);

 private:
  struct Timer {
    Nanoseconds when = 0;
    std::size_t who = 0;
    bool operator>(const Timer& other) const { return when > other.when; }
  };

  std::vector<Nanoseconds> due_;
  std::vector<Nanoseconds> queued_;  // their earliest in the queue
  std::priority_queue<Timer, std::vector<Timer>, std::greater<>> queue_;
};

}  // namespace sockmark
