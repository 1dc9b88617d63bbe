// The load generator's command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "loadgen/objective.h"
#include "loadgen/rate_profile.h"
#include "loadgen/schedule.h"
#include "loadgen/target.h"

namespace sockmark {

enum class EngineKind { automatic, epoll, uring };

// What load to put on, and what to expect.
struct LoadSpec {
  Target target;
  int connections = 64;
  int threads = 1;
  std::chrono::nanoseconds duration{std::chrono::seconds(10)};
  std::chrono::nanoseconds warmup{0};
  std::chrono::nanoseconds timeout{std::chrono::seconds(10)};
  std::uint64_t requests = 0;      // stop after so many; 0: no limit
  bool close = false;              // a new connection for each request
  int pipeline = 1;                // requests on a connection at the same time
  std::size_t message_bytes = 64;  // to be echoed
  EngineKind engine = EngineKind::automatic;

  std::optional<RateProfile> rate;  // open loop; none: closed loop
  std::string rate_text;            // as it was given
  ArrivalKind arrival = ArrivalKind::constant;
  std::uint64_t seed = 1;              // of random arrivals
  std::optional<int> max_connections;  // of an open loop
  bool spin = true;                    // awake shortly before a request is due

  std::optional<int> expect_status;  // none: any 2xx or 3xx
  std::optional<std::string> expect_body;
  std::vector<Objective> objectives;

  std::string json_file;    // "-": stdout; empty: none
  std::string series_file;  // a line of JSON for each second; empty: none
  std::string hdr_file;     // .hgrm or .hlog; empty: none
  bool quiet = false;       // nothing on stderr but what is wrong
};

// Fills `spec` from the command line. Returns the status to exit with after
// --help or --version (0) or a mistake (2), nothing when all is well.
std::optional<int> parse_options(int argc, char** argv, LoadSpec& spec);

}  // namespace sockmark
