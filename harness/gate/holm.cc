#include "harness/gate/holm.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace sockmark {

std::vector<double> adjusted_by_holm(std::span<const double> probabilities) {
  const std::size_t n = probabilities.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return probabilities[a] < probabilities[b];
  });
  std::vector<double> adjusted(n);
  double reached = 0;  // none is believed before those that are rarer
  for (std::size_t rank = 0; rank < n; ++rank) {
    const double p = probabilities[order[rank]];
    reached =
        std::max(reached, std::min(1.0, static_cast<double>(n - rank) * p));
    adjusted[order[rank]] = reached;
  }
  return adjusted;
}

}  // namespace sockmark
