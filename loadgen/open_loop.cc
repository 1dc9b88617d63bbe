#include "loadgen/open_loop.h"

#include <algorithm>

namespace sockmark {
namespace {

Arrivals arrivals(const LoadSpec& spec, int thread, int threads) {
  return {*spec.rate, spec.arrival, spec.seed,
          thread,     threads,      -spec.warmup.count()};
}

}  // namespace

OpenLoopClock::OpenLoopClock(const LoadSpec& spec, int thread, int threads,
                             Nanoseconds window_start)
    : window_start_(window_start),
      sending_(arrivals(spec, thread, threads)),
      counting_(arrivals(spec, thread, threads)) {}

Nanoseconds OpenLoopClock::next() const {
  const Nanoseconds due = sending_.next();
  return due == Arrivals::kNever ? due : window_start_ + due;
}

Nanoseconds OpenLoopClock::begin(Nanoseconds now, OpenLoop& tally) {
  const Nanoseconds due = next();
  advance_count(due, tally);
  sending_.pop();
  --waiting_;
  if (due < unblocked_at_) {
    ++tally.queued;
  } else {
    tally.lateness.record(now - due);
  }
  return due;
}

void OpenLoopClock::unblock(Nanoseconds now) {
  is_blocked_ = false;
  unblocked_at_ = now;
}

void OpenLoopClock::advance_count(Nanoseconds now, OpenLoop& tally) {
  for (; counting_.next() <= now - window_start_; counting_.pop()) {
    ++waiting_;
    if (counting_.next() >= 0) ++tally.planned;
  }
}

void OpenLoopClock::count_due(Nanoseconds now, OpenLoop& tally) {
  advance_count(now, tally);
  tally.backlog_peak = std::max(tally.backlog_peak, waiting_);
  tally.unsent = waiting_;
}

}  // namespace sockmark
