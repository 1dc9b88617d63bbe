// The due times of one thread's requests, and how well they are kept.
#pragma once

#include <cstdint>

#include "loadgen/options.h"
#include "loadgen/schedule.h"
#include "loadgen/tally.h"

namespace sockmark {

// Times are of CLOCK_MONOTONIC. Memory is constant however many requests wait:
// the schedule is gone through twice, by what sends and by what counts.
class OpenLoopClock {
 public:
  OpenLoopClock(const LoadSpec& spec, int thread, int threads,
                Nanoseconds window_start);

  // When the next request is due that has not begun; Arrivals::kNever.
  Nanoseconds next() const;

  // It begins. Says when it was due and notes how late that is, if it is the
  // generator who is late: what had to wait for a connection is only counted.
  Nanoseconds begin(Nanoseconds now, OpenLoop& tally);

  // None of the connections is free for what is due; one is again.
  void block() { is_blocked_ = true; }
  bool is_blocked() const { return is_blocked_; }
  void unblock(Nanoseconds now);

  // Counts what is due by now. To be called now and then, and at the end.
  void count_due(Nanoseconds now, OpenLoop& tally);

 private:
  void advance_count(Nanoseconds now, OpenLoop& tally);

  const Nanoseconds window_start_;
  Arrivals sending_;
  Arrivals counting_;
  std::uint64_t waiting_ = 0;  // due and not begun; counted so far
  bool is_blocked_ = false;
  Nanoseconds unblocked_at_ = 0;
};

}  // namespace sockmark
