#include "tests/loadgen/arrival_law.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace sockmark {

double anderson_darling_exponential(std::span<const double> gaps, double mean) {
  std::vector<double> sorted(gaps.begin(), gaps.end());
  std::ranges::sort(sorted);
  const auto n = static_cast<double>(sorted.size());
  double sum = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double scaled = sorted[i] / mean;
    const double log_below =
        std::log(scaled > 0 ? -std::expm1(-scaled) : 0.5 / n);
    const double log_above_of_mirrored =
        -std::max(0.0, sorted[sorted.size() - 1 - i]) / mean;
    sum +=
        (2 * static_cast<double>(i) + 1) * (log_below + log_above_of_mirrored);
  }
  return sorted.empty() ? 0 : -n - sum / n;
}

}  // namespace sockmark
