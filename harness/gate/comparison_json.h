// A comparison as a file: comparison.json in a run's folder, as
// docs/formats.md has it.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <string>
#include <string_view>

#include "harness/gate/comparison.h"

namespace sockmark {

inline constexpr const char* kComparisonFile = "comparison.json";

// With a line end. Values of which one is not a number are left out: the
// judgement's reason says so.
std::string to_json(const Comparison& comparison);

// Throws std::runtime_error that begins with `origin` for what is cut off,
// empty, something else than a comparison, or of a newer schema.
Comparison read_comparison(std::string_view text, const std::string& origin);

}  // namespace sockmark
