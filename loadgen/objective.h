// Service level objectives: what has to hold for a run to pass. --slo.
#pragma once

#include <string>
#include <string_view>

#include "loadgen/tally.h"

namespace sockmark {

// "p99<5ms", "service.p99.9<=5ms", "connect.mean<1ms", "first_byte.max<1s",
// "errors<0.1%", "errors<=0", "rate>=10k". Also send and latency, which is
// meant where no quantity is named.
struct Objective {
  enum class Quantity {
    percentile,   // `limit` in nanoseconds
    mean,         // the same
    max,          // the same
    error_count,  // requests
    error_share,  // of the completed and the failed, 0 to 1
    rate          // completed requests per second
  };
  enum class Comparison { below, at_most, at_least, above };

  std::string text;  // as it was given
  Quantity quantity = Quantity::percentile;
  Histogram Tally::*histogram = &Tally::total;  // of the first three
  double percent = 0;                           // of a percentile
  Comparison comparison = Comparison::below;
  double limit = 0;
};

// Throws std::invalid_argument, with a line that says what was expected.
Objective parse_objective(std::string_view text);

struct ObjectiveResult {
  std::string objective;  // its text
  bool met = false;
  std::string measured;  // "4.21 ms"; empty if it cannot be known
  std::string reason;    // why it is not met; empty if it is
};

// Pure. What cannot be known is not met: a percentile without enough values
// beyond it, a mean of nothing. A percentile is read up to 0.1 % too high.
// Failed requests have no latency: an objective for it says little without one
// for errors.
ObjectiveResult check(const Objective& objective, const Tally& tally);

}  // namespace sockmark
