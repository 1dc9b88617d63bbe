// The clocks of the load generator.
#pragma once

#include <cstdint>
#include <ctime>

namespace sockmark {

inline std::int64_t read_clock(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

// Nanoseconds since some fixed point. Read in user space, about 25 ns.
inline std::int64_t monotonic_now() { return read_clock(CLOCK_MONOTONIC); }

// CPU time of the calling thread, in nanoseconds.
inline std::int64_t thread_cpu_now() {
  return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

}  // namespace sockmark
