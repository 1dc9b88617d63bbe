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
  // The ringer counts the sleeper off, and not the sleeper itself: until that
  // one runs, further rings would go to the kernel for nothing.
  void ring() {
    int asleep = sleepers_.load();
    while (asleep > 0) {
      if (!sleepers_.compare_exchange_weak(asleep, asleep - 1)) continue;
      ++rings_;
      rings_.notify_one();
      return;
    }
  }

  void ring_for_all() {
    ++rings_;
    rings_.notify_all();
  }

  // Returns once `done()` is true. It is asked again after each ring.
  template <typename Condition>
  void wait_until(const Condition& done) {
    while (!done()) {
      const int heard = rings_.load();
      ++sleepers_;
      // Who does not sleep after all stays counted: that costs one needless
      // ring, and to take the count back could take another's.
      if (done()) return;
      rings_.wait(heard);
    }
  }

 private:
  std::atomic<int> rings_ = 0;
  std::atomic<int> sleepers_ = 0;  // or more than there are
};

}  // namespace sockmark
