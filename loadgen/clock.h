// The clocks of the load generator.
#pragma once

#include <cstdint>

#include "lib/clock.h"

namespace sockmark {

// Nanoseconds since some fixed point. Read in user space, about 25 ns.
inline std::int64_t monotonic_now() {
  return read_clock(CLOCK_MONOTONIC).count();
}

// CPU time of the calling thread, in nanoseconds.
inline std::int64_t thread_cpu_now() {
  return read_clock(CLOCK_THREAD_CPUTIME_ID).count();
}

}  // namespace sockmark
