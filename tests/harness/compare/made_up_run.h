// Stored runs that nobody ran.
#pragma once

#include <string>
#include <vector>

#include "harness/record/record.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {

// environment.json of one machine, with `changes` to it: a JSON merge patch
// (RFC 7396), in which null takes a field away.
std::string made_up_environment(const std::string& changes = "{}");

// Trials of `rounds` rounds, with figures that vary a little from round to
// round and are `factor` times as large: CPU per request and latencies, with
// throughput as much smaller.
std::vector<TrialRecord> made_up_trials(const std::string& server, int rounds,
                                        double factor = 1);

// "poll" and "epoll_lt", each `rounds` rounds; the first by that factor.
std::vector<TrialRecord> made_up_pair(int rounds, double factor = 1);

// The text of a result.json.
std::string made_up_result(const std::string& run,
                           const std::string& environment,
                           const std::vector<TrialRecord>& trials);

// A whole run's folder in that one: environment.json, trials.jsonl and
// result.json. Returns its path.
std::string store(const TemporaryFolder& folder, const std::string& run,
                  const std::string& environment,
                  const std::vector<TrialRecord>& trials);

}  // namespace sockmark
