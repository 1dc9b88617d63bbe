// When the requests of an open loop are due, whatever the server does.
#pragma once

#include <cstdint>
#include <limits>
#include <random>

#include "loadgen/rate_profile.h"
#include "loadgen/tally.h"

namespace sockmark {

enum class ArrivalKind {
  constant,  // evenly spaced, as far as the rate is constant
  poisson    // independent of each other, as of many users
};

// The due times of one thread's share, in order. Pure: the same arguments give
// the same times, so that a second one can count what is due while the first
// trails behind.
//
// Constant: arrival k of the whole load, at the time by which the rate's
// integral reaches k, belongs to thread k modulo `threads`. Counted and not
// added up: there is no error that grows.
//
// Poisson: exponential gaps in units of the integral, each thread a stream of
// its own, taken back to time through the integral's inverse (Cinlar 1975,
// "Introduction to Stochastic Processes", chapter 4). A ramp becomes an
// inhomogeneous Poisson process, and so do all threads together.
class Arrivals {
 public:
  static constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();

  // `start` is when the load begins: before 0 if there is a warm-up. `thread`
  // is from 0 to threads - 1.
  Arrivals(RateProfile profile, ArrivalKind kind, std::uint64_t seed,
           int thread, int threads, Nanoseconds start);

  // When the next is due, relative to the start of the measured window; kNever
  // from the profile's end on.
  Nanoseconds next() const { return next_; }

  void pop();

 private:
  double unit_exponential();
  void find_next();

  RateProfile profile_;
  ArrivalKind kind_;
  double threads_;
  Nanoseconds end_;
  std::mt19937_64 random_;
  double position_ = 0;  // of the next, in arrivals of the whole load
  Nanoseconds next_ = std::numeric_limits<Nanoseconds>::min();
};

}  // namespace sockmark
