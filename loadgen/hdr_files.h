// The two text files that HdrHistogram's tools and plotters read.
#pragma once

#include <chrono>
#include <ostream>
#include <string>
#include <string_view>

#include "loadgen/histogram.h"

namespace sockmark {

// An .hgrm: values at percentiles that get denser towards 100 %, five for each
// halving of the distance, as HdrHistogram's outputPercentileDistribution(5)
// chooses them. Values are milliseconds, with six decimals where HdrHistogram
// has three, so that microseconds keep their digits.
std::string to_hgrm(const Histogram& histogram);

// An .hlog, in HdrHistogram's log format 1.3: a line for each interval. An
// interval's maximum is in milliseconds, the histogram itself in nanoseconds.
class HlogWriter {
 public:
  // Writes the head. `out` must outlive the writer and knows whether writing
  // failed. The intervals' times count from `start`.
  HlogWriter(std::ostream& out, std::chrono::system_clock::time_point start);

  // Begun `start_s` seconds after the start and `length_s` seconds long. A tag
  // tells apart several series in one file; empty: none. Throws
  // std::invalid_argument for one with a comma or white space.
  void write(double start_s, double length_s, const Histogram& histogram,
             std::string_view tag = {});

 private:
  std::ostream& out_;
};

}  // namespace sockmark
