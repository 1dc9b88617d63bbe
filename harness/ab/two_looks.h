// The judgement of a run of two arms, in two looks. Pure.
#pragma once

#include <string>
#include <vector>

#include "harness/ab/matchup.h"
#include "harness/gate/cell_pairs.h"
#include "harness/gate/comparison.h"
#include "harness/plan/plan.h"
#include "harness/record/record.h"

namespace sockmark {

// The cells of both sides with their trials, under the servers' own names; with
// those that only one side has, which were never run.
std::vector<CellPair> cells_of(const Matchup& matchup,
                               const std::vector<TrialRecord>& trials);

class TwoLooks {
 public:
  explicit TwoLooks(const Matchup& matchup) : matchup_(matchup) {}

  // The first look, at what a plan has measured that is over: where cells leave
  // something open, they get as many rounds again, and this is true.
  bool extend(Plan& plan, const std::vector<TrialRecord>& trials);

  // What holds after the last look.
  std::vector<Judgement> judgements(const std::vector<TrialRecord>& trials);

  static constexpr JudgementRules kRules = {};

 private:
  std::vector<Judgement> look(const std::vector<TrialRecord>& trials) const;

  const Matchup& matchup_;
  std::vector<Judgement> first_;
};

}  // namespace sockmark
