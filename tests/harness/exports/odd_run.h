// Runs to export that nobody ran: a plain one, and one with all that is odd.
#pragma once

#include <string>
#include <vector>

#include "harness/exports/exports.h"

namespace sockmark {

// As if these trials had been read, with the facts of a machine.
ExportedRun exported_run(std::vector<TrialRecord> trials);

// Two workloads of the same name that differ in connections, one at a rate, one
// with a body, work and idle connections, two tools; names and messages with
// all that other formats have a meaning for; a server that crashed in all
// trials, one in some, one that the kernel cannot run, one whose trials are all
// invalid, one that answered nothing, and one of which the CPU is not known.
std::vector<TrialRecord> odd_trials();

// What their names hold: <, &, quotes, a comma, a backslash, a bar.
extern const char* const kOddServer;

}  // namespace sockmark
