// The trials of a stored run, if it has all that it recorded.
#pragma once

#include <filesystem>
#include <vector>

#include "harness/record/record.h"

namespace sockmark {

struct WholeTrials {
  std::vector<TrialRecord> trials;  // those that count: attempts.h
  bool has_ended = true;            // and was not interrupted, says result.json
};

// Throws as read_trials(), and std::runtime_error where result.json is damaged
// or has another number of trials than trials.jsonl.
WholeTrials read_whole_trials(const std::filesystem::path& run_folder);

}  // namespace sockmark
