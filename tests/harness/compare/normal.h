// Random numbers that are the same on every machine: the standard library's
// distributions differ between implementations, its generators do not.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace sockmark {

class Normal {
 public:
  explicit Normal(std::uint64_t seed) : generator_(seed) {}

  // Evenly from (0, 1).
  double even() {
    constexpr double kSteps = 9007199254740992;  // 2^53
    return (static_cast<double>(generator_() >> 11) + 0.5) / kSteps;
  }

  // With mean 0 and standard deviation 1: Box and Muller 1958.
  double operator()() {
    const double radius = std::sqrt(-2 * std::log(even()));
    return radius * std::cos(2 * std::numbers::pi * even());
  }

 private:
  std::mt19937_64 generator_;
};

}  // namespace sockmark
