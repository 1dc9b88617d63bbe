// The metrics that are judged without statistics.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>

#include "harness/gate/comparison.h"

namespace sockmark {

struct Ruling {
  Finding finding = Finding::inconclusive;
  std::string reason = {};
};

// Rule::exact: the medians differ by more than the margin, or they are the
// same. What is deterministic differs in every round; so where the values of
// both sides overlap, it is not, and the ruling is inconclusive.
Ruling rule_exactly(const Samples& samples);

// Rule::none: any on the new side is a regression if the base has none. Where
// the base has some as well, only what no accident does is told: that all
// rounds of one side have more than all of the other, of so many that this is
// rarer than a look's share of alpha.
Ruling rule_out_any(const Samples& samples, const JudgementRules& rules);

}  // namespace sockmark
