// wrk's text output, read into numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sockmark {

// Times in nanoseconds. What a run did not print is absent, or 0 for errors:
// wrk leaves their lines out when there were none.
struct WrkReport {
  std::uint64_t requests = 0;
  double elapsed_ns = 0;
  double requests_per_second = 0;
  std::optional<std::uint64_t> bytes;  // read
  std::optional<int> connections;
  std::optional<double> mean, stdev, max;  // of the latency
  std::optional<double> p50, p90, p99;     // with --latency
  std::uint64_t connect = 0;
  std::uint64_t read = 0;
  std::uint64_t write = 0;
  std::uint64_t timeout = 0;
  std::uint64_t bad_status = 0;  // not 2xx or 3xx
};

// Throws std::runtime_error for what is no output of wrk 4.
WrkReport read_wrk_report(std::string_view output);

}  // namespace sockmark
