// Sleeping until another thread has done something, without a lock.
#pragma once

#include <atomic>

namespace sockmark {

// What an event count is elsewhere: https://www.1024cores.net/home/
// lock-free-algorithms/eventcounts. Ringing costs one load while nobody
// sleeps. All operations are sequentially consistent: either the ringer sees
// the sleeper, or the sleeper sees what was done before the bell was rung.
class Bell {
 public:
  void ring() {
    if (sleepers_.load() == 0) return;
    ++rings_;
    rings_.notify_one();
  }

  void ring_for_all() {
    ++rings_;
    rings_.notify_all();
  }

  // Returns once `done()` is true. It is asked again after each ring.
  template <typename Condition>
  void wait_until(const Condition& done) {
    while (!done()) {
      ++sleepers_;
      const int heard = rings_.load();
      const bool now_done = done();
      if (!now_done) rings_.wait(heard);
      --sleepers_;
      if (now_done) return;
    }
  }

 private:
  std::atomic<int> rings_ = 0;
  std::atomic<int> sleepers_ = 0;
};

}  // namespace sockmark
