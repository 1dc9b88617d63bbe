// h2load's text output, read into numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sockmark {

// Times in nanoseconds. What a run did not print is absent.
struct H2loadReport {
  std::optional<int> clients;
  std::optional<std::int64_t> measured_ns;  // without the warm-up
  double requests_per_second = 0;           // all that were done
  std::uint64_t done = 0;                   // any answer or failure
  std::uint64_t succeeded = 0;              // 2xx and 3xx
  std::uint64_t failed = 0;                 // all that were done and are not
  std::uint64_t errored = 0;                // of those: without an answer
  std::uint64_t timed_out = 0;              // of those again
  std::optional<std::uint64_t> bytes;       // read
  std::optional<double> min, max, mean, stdev;  // of the time for a request
};

// Throws std::runtime_error for what is no output of h2load 1.
H2loadReport read_h2load_report(std::string_view output);

}  // namespace sockmark
