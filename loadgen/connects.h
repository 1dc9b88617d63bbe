// How attempts to connect ended.
#pragma once

#include <cstdint>

namespace sockmark {

// Plain numbers: they may lie in memory that processes share.
struct Connects {
  std::uint64_t requested = 0;
  std::uint64_t established = 0;
  std::uint64_t refused = 0;  // or unreachable
  std::uint64_t timed_out = 0;
  std::uint64_t local = 0;  // our own limits: ports, descriptors, memory
  int last_error = 0;       // errno of the last that failed; 0: none did

  // Never begun, or under way at the end of the run.
  std::uint64_t unfinished() const {
    return requested - established - refused - timed_out - local;
  }

  void count_failure(int error);
  void add(const Connects& other);
};

}  // namespace sockmark
