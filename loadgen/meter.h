// The measured window: when it starts, what goes on in it, what it comes to.
#pragma once

#include <cstdint>
#include <optional>

#include "loadgen/intervals.h"
#include "loadgen/tally.h"

namespace sockmark {

// Of one thread's load, in that thread. Until start(), everything is warm-up.
class Meter {
 public:
  // `tally` must outlive the meter.
  explicit Meter(Tally& tally) : tally_(tally) {}

  // Every second goes there too, if it is not null; it must outlive the meter.
  void publish_to(Intervals* intervals, int thread);

  bool measuring() const { return measuring_; }
  void start(Nanoseconds now);

  // To be called every few milliseconds: coarse on purpose, so that requests
  // cost nothing for it.
  void sample(Nanoseconds now);

  void finish(Nanoseconds now);

 private:
  void update_series(Nanoseconds now);
  void publish(Nanoseconds now);

  Tally& tally_;
  Intervals* intervals_ = nullptr;
  int thread_ = 0;
  bool measuring_ = false;
  Nanoseconds since_ = 0;
  Nanoseconds cpu_before_ = 0;
  std::optional<Nanoseconds> run_delay_before_;
  Interval seen_;  // what the series already accounts for
  Nanoseconds published_until_ = 0;
  Interval published_;
  Histogram published_latency_;
  double open_sum_ = 0;  // of connections, over the samples
  double in_flight_sum_ = 0;
  std::uint64_t samples_ = 0;
};

}  // namespace sockmark
