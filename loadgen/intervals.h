// What happened in each second, while the load is still on.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "loadgen/histogram.h"
#include "loadgen/tally.h"

namespace sockmark {

struct IntervalRow {
  Nanoseconds start = 0;   // from that of the measured window
  Nanoseconds length = 0;  // the last may be shorter
  std::uint64_t completed = 0;
  std::uint64_t errors = 0;
  Histogram latency;

  void merge(const IntervalRow& other);
};

// Where the threads leave their rows and one reader collects the sums. Each
// thread adds one for every interval, in order. A lock a second each is all
// that they share.
class Intervals {
 public:
  static constexpr Nanoseconds kLengthNs = 1'000'000'000;

  explicit Intervals(int threads) : added_(static_cast<std::size_t>(threads)) {}

  void add(int thread, const IntervalRow& row);

  // Those that are complete: all threads have added theirs.
  std::vector<IntervalRow> take();
  // What is left when all threads have ended, which may not be at once.
  std::vector<IntervalRow> take_rest();

 private:
  struct Sum {
    IntervalRow row;
    int threads = 0;
  };

  std::mutex mutex_;
  std::deque<Sum> sums_;            // from interval `taken_` on
  std::vector<std::size_t> added_;  // by thread: how many
  std::size_t taken_ = 0;
};

}  // namespace sockmark
