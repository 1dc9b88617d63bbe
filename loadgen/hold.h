// `loadgen hold`: how many connections a server can keep, idle or with a
// request now and then, and for how long.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "loadgen/crowd.h"
#include "loadgen/tally.h"
#include "loadgen/target.h"

namespace sockmark {

struct HoldSpec {
  Target target;
  std::size_t connections = 1;
  std::chrono::nanoseconds every{
      0};  // between a connection's requests; 0: none
  std::chrono::nanoseconds duration{std::chrono::seconds(10)};  // in all
  double connects_per_second = 0;  // 0: as fast as the target takes them
  std::chrono::nanoseconds timeout{std::chrono::seconds(10)};

  // Called once: all connects have ended, and so many connections are open.
  std::function<void(std::uint64_t open)> on_settled = {};
};

// requests = answers + errors.total() + in_flight.
struct HoldResult {
  CrowdResult crowd;  // closed_by_client: a request on it had failed

  std::uint64_t requests = 0;
  std::uint64_t answers = 0;
  std::uint64_t in_flight = 0;
  Errors errors;  // of requests

  // What a connection takes of this process, not of the kernel.
  std::optional<std::int64_t> resident_bytes_per_connection;
};

// Blocks until the time is over, no connection is left or a signal came. A
// connection that is lost is not replaced. Throws std::runtime_error if the
// descriptors do not suffice or the target has no address.
HoldResult hold(const HoldSpec& spec);

}  // namespace sockmark
