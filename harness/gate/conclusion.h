// What a noisy metric comes to, once it is known what it is judged with.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>

#include "harness/gate/comparison.h"
#include "harness/gate/noisy.h"

namespace sockmark {

// The family of tests of which one metric of one cell is a member.
struct Family {
  JudgementRules rules = {};
  std::size_t size = 0;

  double alpha() const { return rules.alpha / rules.looks; }
  // Of the test that Holm's procedure asks most of.
  double level() const { return alpha() / static_cast<double>(size); }
};

// With its finding, the reason if that is inconclusive, and what could have
// been seen. The adjusted probabilities have to be there.
Judgement concluded(Judgement judgement, const NoisyFigures& figures,
                    const Family& family);

}  // namespace sockmark
