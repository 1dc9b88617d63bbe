// What a run of two arms came to. Pure.
#pragma once

#include <string>
#include <vector>

#include "harness/ab/matchup.h"
#include "harness/gate/comparison.h"
#include "harness/record/record.h"
#include "harness/trial/run_result.h"

namespace sockmark {

// What is known of the two sides beside what was measured.
struct ComparedArms {
  ComparedSide base, head;
  std::vector<std::string> identical;  // servers
  std::vector<std::string> notes;
};

// `judgements` are those of all the trials. Pairs that stayed disturbed count;
// where they are more than kMostReruns of all and something was not shown to be
// harmless, the machine was too noisy, unless the experiment ignores noise.
Comparison comparison_of(const ComparedArms& arms, const Matchup& matchup,
                         const std::vector<TrialRecord>& trials,
                         std::vector<Judgement> judgements,
                         const RunOutcome& outcome);

}  // namespace sockmark
