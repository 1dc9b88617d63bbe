// Finding runs that were recorded earlier.
#pragma once

#include <filesystem>
#include <string>

namespace sockmark {

// The folder of a run, by its path, by its name in `results`, or "latest".
// Throws std::runtime_error that says where it looked.
std::filesystem::path find_run(const std::string& run,
                               const std::filesystem::path& results);

}  // namespace sockmark
