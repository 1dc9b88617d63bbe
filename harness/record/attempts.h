// Of trials that were run more than once, those that count.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <vector>

#include "harness/record/record.h"

namespace sockmark {

// Of each server, workload, tool and round the last trial of the highest
// attempt, in the order in which they were run: a round that was disturbed
// counts as it was run again, and a trial that was interrupted as it was after
// --resume. What every report is made of; the records keep the others.
std::vector<TrialRecord> latest_attempts(std::vector<TrialRecord> trials);

}  // namespace sockmark
