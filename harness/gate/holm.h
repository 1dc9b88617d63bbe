// Holm's step-down procedure: which of many tests may be believed, if in all of
// them together a false alarm is to be rarer than alpha. S. Holm, A Simple
// Sequentially Rejective Multiple Test Procedure, Scandinavian Journal of
// Statistics 6 (1979). It assumes nothing of how the tests depend on each
// other, and req/s, latency and CPU of one server depend a lot. Pure.
#pragma once

#include <span>
#include <vector>

namespace sockmark {

// What each probability is to be held against alpha as, in the same order.
std::vector<double> adjusted_by_holm(std::span<const double> probabilities);

}  // namespace sockmark
