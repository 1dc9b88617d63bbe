// Options that the verbs beside `steady` have in common.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "lib/command_line.h"
#include "loadgen/target.h"

namespace sockmark {

inline constexpr std::size_t kMostConnections = 1'000'000;

void add_target(CLI::App& app, Target& target);
void add_connections(CLI::App& app, std::size_t& connections);
void add_json_file(CLI::App& app, std::string& file);

// As add_duration(), but not 0.
void add_positive_duration(CLI::App& app, const std::string& flags,
                           std::chrono::nanoseconds& duration,
                           const std::string& help);

}  // namespace sockmark
