// What a test can show at best: with few values, even the clearest difference
// could be an accident. Pure.
#pragma once

#include <cstddef>

#include "harness/gate/comparison.h"

namespace sockmark {

// The probability that all values of one side lie beyond their partners, or
// beyond all of the other side's, by accident, to one side: 1 / 2^n, or 1 over
// the ways to choose which of all values are the base's.
double rarest(std::size_t base_values, std::size_t head_values,
              Pairing pairing);

// Whether that would be significant in a family of so many.
bool is_attainable(std::size_t base_values, std::size_t head_values,
                   std::size_t family, const JudgementRules& rules);

}  // namespace sockmark
