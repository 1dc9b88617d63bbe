// Finding runs that were recorded earlier.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/record/record.h"

namespace sockmark {

// The folder of a run, by its path, by its name in `results`, or "latest".
// Throws std::runtime_error that says where it looked.
std::filesystem::path find_run(const std::string& run,
                               const std::filesystem::path& results);

// Whether its result.json is there and of a run that was not cut short.
bool is_finished(const std::filesystem::path& run_folder);

// Its trials that count: see attempts.h. What every report is made of. Throws
// as read_trials().
std::vector<TrialRecord> counting_trials(
    const std::filesystem::path& run_folder);

}  // namespace sockmark
