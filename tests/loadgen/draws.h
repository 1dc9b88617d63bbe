// Random numbers without std's distributions, so that they are the same with
// every library.
#pragma once

#include <cmath>
#include <random>

namespace sockmark {

using Random = std::mt19937_64;

// Above 0 and below 1.
inline double uniform(Random& random) {
  return (static_cast<double>(random() >> 11) + 0.5) / 9007199254740992.0;
}

inline double exponential(Random& random) { return -std::log(uniform(random)); }

inline double normal(Random& random) {
  const double radius = std::sqrt(2 * exponential(random));
  return radius * std::cos(6.283185307179586 * uniform(random));
}

}  // namespace sockmark
