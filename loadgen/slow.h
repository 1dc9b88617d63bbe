// `loadgen slow`: clients that take their time. A request that comes a byte at
// a time (Slowloris, R. Hansen 2009) or a reply that is read so occupies
// whatever serves the connection.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "loadgen/crowd.h"
#include "loadgen/target.h"

namespace sockmark {

struct SlowSpec {
  enum class What { sending, reading };
  Target target;
  std::size_t connections = 1;
  What what = What::sending;
  std::chrono::nanoseconds every{std::chrono::seconds(1)};      // between bytes
  std::chrono::nanoseconds duration{std::chrono::seconds(10)};  // in all
};

// requests = answers + rejected + cut_off + in_flight.
struct SlowResult {
  CrowdResult crowd;  // closed_by_client: it could not carry another request

  std::uint64_t requests = 0;
  std::uint64_t whole = 0;  // sent to the last byte
  std::uint64_t answers = 0;
  std::uint64_t rejected = 0;  // an error, or answered before they were whole
  std::uint64_t cut_off = 0;   // closed or reset instead of answered
  std::uint64_t in_flight = 0;
  std::vector<Nanoseconds>
      ended_after;  // those rejected or cut off, from their first byte
};

// Blocks until the time is over, no connection is left or a signal came. A
// connection that ends is not replaced. Throws std::runtime_error if the
// descriptors do not suffice or the target has no address.
SlowResult go_slow(const SlowSpec& spec);

}  // namespace sockmark
