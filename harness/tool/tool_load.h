// What a load tool other than ours says, on its way into our terms: the JSON
// that loadgen prints, with null for all that the tool cannot know.
//
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/record/record.h"

namespace sockmark {

// Times in nanoseconds. Absent is what the tool does not say.
struct ToolLoad {
  std::string name;    // of the tool
  std::string engine;  // how it waits for its sockets
  std::optional<int> connections;
  double requests_per_second = 0;  // expected answers only
  std::optional<std::int64_t> measured_ns;
  std::uint64_t completed = 0;  // expected answers only

  // Errors that the tool tells apart.
  std::optional<std::uint64_t> connect, timeout, status, body;
  // Resets, early ends and garbage alike.
  std::optional<std::uint64_t> socket;

  std::optional<std::uint64_t> bytes_received;
  std::optional<double> min, mean, stdev, p50, p90, p99, max;  // of the latency
};

// With a verdict on the errors: any is suspect, more than 1 % is invalid, and
// so is a run without an answer.
LoadResult load_of(const ToolLoad& said);

}  // namespace sockmark
