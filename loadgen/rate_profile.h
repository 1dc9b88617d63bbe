// How many requests an open loop sends, over time: --rate.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "loadgen/tally.h"

namespace sockmark {

// "1000", "0.5", "2.5k" or "1M" per second. Throws std::invalid_argument, with
// a message that says what was expected, for anything else; 0 and more than one
// per nanosecond included.
double parse_rate(std::string_view text);

// Requests per second, linear from one rate to the other.
struct RateStage {
  double from = 0;
  double to = 0;
  std::optional<Nanoseconds> duration;  // none: as long as the run
};

// Rate over time, in stages. Times are relative to the start of the measured
// window: before it, in the warm-up, the rate is that of the first stage's
// beginning, and after the last stage nothing arrives.
class RateProfile {
 public:
  // One stage without a duration, or any number that have one. Throws
  // std::invalid_argument for anything else.
  explicit RateProfile(const std::vector<RateStage>& stages);

  // None if it is as long as the run. Until with_duration() says how long that
  // is, a constant rate goes on for ever, and a ramp hardly begins.
  std::optional<Nanoseconds> total_duration() const { return total_duration_; }

  // The same stage over that time. Throws std::invalid_argument if the stages
  // have durations of their own, or if `duration` is none to run for.
  RateProfile with_duration(Nanoseconds duration) const;

  // When the last stage ends.
  Nanoseconds end() const;

  // Per second.
  double rate_at(Nanoseconds time) const;

  // Expected arrivals from 0 to `time`, the integral of the rate; negative
  // before 0.
  double arrivals_until(Nanoseconds time) const;

  // Its inverse: when so many have arrived. end(), if that is never.
  Nanoseconds time_of(double arrivals) const;

 private:
  struct Piece {
    double from = 0;  // per second
    double to = 0;
    Nanoseconds begin = 0;
    Nanoseconds duration = 0;
    double arrivals_before = 0;

    double slope() const;  // per second, each second
    double arrivals_in(Nanoseconds time) const;
  };

  const Piece& piece_at(Nanoseconds time) const;

  std::vector<Piece> pieces_;
  std::optional<Nanoseconds> total_duration_;
};

// "1000" is constant, "1k:5k" a ramp over the whole run, "1k@10s,1k:5k@20s"
// stages one after the other. Throws std::invalid_argument, with a message that
// says what was expected.
RateProfile parse_rate_profile(std::string_view text);

}  // namespace sockmark
