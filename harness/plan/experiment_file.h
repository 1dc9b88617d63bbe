// Experiments as files: the presets', a user's own, and the one that a run
// keeps. docs/experiments.md has the format.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "harness/plan/experiment.h"
#include "harness/text/located_json.h"

namespace sockmark {

// Throws std::runtime_error for what is not in the format, with its place and
// what was expected, as LocatedJson does.
Experiment parse_experiment(const LocatedJson& json);
Experiment read_experiment(const std::filesystem::path& file);

// One of those in the installation's presets. Throws std::invalid_argument
// that lists them if there is none of that name.
Experiment preset(const std::string& name);

// In the same format: what parse_experiment() reads as this again. A workload
// for each value of what was a list.
std::string to_text(const Experiment& experiment);

// "2%" is 0.02. Throws std::invalid_argument that says what was expected for
// anything but a percentage above 0.
double parse_percentage(std::string_view text);

}  // namespace sockmark
