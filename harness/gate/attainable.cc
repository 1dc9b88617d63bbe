#include "harness/gate/attainable.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace sockmark {

double rarest(std::size_t base_values, std::size_t head_values,
              Pairing pairing) {
  if (pairing == Pairing::paired) {
    return std::ldexp(1.0, -static_cast<int>(base_values));
  }
  double probability = 1;
  for (std::size_t i = 1; i <= base_values; ++i) {
    probability *=
        static_cast<double>(i) / static_cast<double>(head_values + i);
  }
  return probability;
}

bool is_attainable(std::size_t base_values, std::size_t head_values,
                   std::size_t family, const JudgementRules& rules) {
  return static_cast<double>(family) *
             rarest(base_values, head_values, rules.pairing) <
         rules.alpha / rules.looks;
}

std::size_t fewest_pairs(std::size_t metrics, const JudgementRules& rules) {
  if (!(rules.alpha > 0) || rules.looks < 1) {
    throw std::invalid_argument("a gate needs an alpha above 0 and a look");
  }
  std::size_t pairs = 1;
  while (
      !is_attainable(pairs, pairs, std::max<std::size_t>(metrics, 1), rules)) {
    ++pairs;
  }
  return pairs;
}

}  // namespace sockmark
