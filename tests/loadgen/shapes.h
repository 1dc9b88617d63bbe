// Values as latencies are spread, and their exact percentiles.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/loadgen/draws.h"

namespace sockmark {

using Values = std::vector<std::int64_t>;

inline double lognormal(Random& random) {
  return std::exp(11 + normal(random));
}

inline double pareto(Random& random) {
  return 20e3 / std::pow(uniform(random), 0.9);
}

inline double two_peaked(Random& random) {
  return std::abs(random() % 20 == 0 ? 2e8 + 5e6 * normal(random)
                                     : 5e4 + 5e3 * normal(random));
}

inline double uniform_small(Random& random) { return 2047 * uniform(random); }

struct Shape {
  std::string name;
  double (*draw)(Random&);
};

inline Values draw(const Shape& shape, std::size_t count) {
  Random random(20261122);
  Values values(count);
  for (auto& value : values) {
    value = static_cast<std::int64_t>(shape.draw(random));
  }
  return values;
}

// Nearest rank: of n values in order, the one at ceil(n * percent / 100),
// counted from 1. `percent` comes in hundredths, so that the rank is exact.
inline std::int64_t exact_percentile(const Values& sorted,
                                     std::size_t hundredths) {
  const std::size_t rank = (sorted.size() * hundredths + 9'999) / 10'000;
  return sorted.at(std::max<std::size_t>(rank, 1) - 1);
}

}  // namespace sockmark
