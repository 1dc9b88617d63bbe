// The kernel's clocks.
#pragma once

#include <chrono>
#include <ctime>

namespace sockmark {

// What clock_gettime(2) gives for a clock that every Linux has.
inline std::chrono::nanoseconds read_clock(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return std::chrono::seconds(now.tv_sec) +
         std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace sockmark
