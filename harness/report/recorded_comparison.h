// What a run of two sides came to, from its folder.
#pragma once

#include <filesystem>
#include <optional>

#include "harness/gate/comparison.h"

namespace sockmark {

// Nothing where the run compared no two sides. Throws std::runtime_error that
// names the file if that is damaged.
std::optional<Comparison> recorded_comparison(
    const std::filesystem::path& run_folder);

}  // namespace sockmark
