// The load generator's command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "loadgen/target.h"

namespace sockmark {

// What load to put on, and what to expect.
struct LoadSpec {
  Target target;
  int connections = 64;
  int threads = 1;
  std::chrono::nanoseconds duration{std::chrono::seconds(10)};
  std::chrono::nanoseconds warmup{0};
  std::chrono::nanoseconds timeout{std::chrono::seconds(10)};
  std::uint64_t requests = 0;        // stop after so many; 0: no limit
  bool close = false;                // a new connection for each request
  std::optional<int> expect_status;  // none: any 2xx or 3xx
  std::optional<std::string> expect_body;
  std::string engine = "auto";
  std::string json_file;  // "-": stdout; empty: no JSON
};

// Fills `spec` from the command line. Returns the status to exit with after
// --help or --version (0) or a mistake (2), nothing when all is well.
std::optional<int> parse_options(int argc, char** argv, LoadSpec& spec);

}  // namespace sockmark
