// The measured window: when it starts, what goes on in it, what it comes to.
#pragma once

#include <cstdint>

#include "loadgen/tally.h"

namespace sockmark {

// Of one engine, in its thread. Until start(), everything is warm-up.
class Meter {
 public:
  // `tally` must outlive the meter.
  explicit Meter(Tally& tally) : tally_(tally) {}

  bool measuring() const { return measuring_; }
  void start(Nanoseconds now);

  // To be called every few milliseconds: coarse on purpose, so that requests
  // cost nothing for it.
  void sample(Nanoseconds now);

  void finish(Nanoseconds now);

 private:
  void update_series(Nanoseconds now);

  Tally& tally_;
  bool measuring_ = false;
  Nanoseconds since_ = 0;
  Nanoseconds cpu_before_ = 0;
  Interval seen_;        // what the series already accounts for
  double open_sum_ = 0;  // of connections, over the samples
  std::uint64_t samples_ = 0;
};

}  // namespace sockmark
