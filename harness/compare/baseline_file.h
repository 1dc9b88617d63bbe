// baseline.json, explained in docs/formats.md.
#pragma once

#include <filesystem>
#include <string>

#include "harness/compare/baseline.h"

namespace sockmark {

// One entry per line, so that an addition is one line of a diff.
std::string to_json(const Baseline& baseline);

// Throws std::runtime_error that names `origin`, the line and what was expected
// there; NotComparable for a newer schema.
Baseline parse_baseline(const std::string& text, const std::string& origin);

// Throws as above, and if the file cannot be read.
Baseline read_baseline(const std::filesystem::path& file);

}  // namespace sockmark
