// ApacheBench's text output, read into numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sockmark {

// Times in nanoseconds. What a run did not print is absent, or 0 for errors: ab
// leaves their lines out when there were none.
struct AbReport {
  std::optional<int> concurrency;
  double elapsed_ns = 0;
  std::uint64_t complete = 0;  // those that failed on the way are among them
  double requests_per_second = 0;  // of the complete ones

  // "Failed requests", by kind. One request may be in several.
  std::uint64_t connect = 0;
  std::uint64_t receive = 0;
  std::uint64_t length = 0;
  std::uint64_t exceptions = 0;
  std::uint64_t bad_status = 0;  // not 2xx

  std::optional<std::uint64_t> bytes;             // read
  std::optional<double> min, p50, p90, p99, max;  // with -e, to 1 us
};

// Reads the report and, wherever it stands among it, the table of -e. Throws
// std::runtime_error for what is no output of ab 2.
AbReport read_ab_report(std::string_view output);

}  // namespace sockmark
