// What the command lines of servers, load generator and harness have in common.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <optional>
#include <string>

namespace sockmark {

// Parses, and handles --help, --version and mistakes: prints what is due (a
// mistake is one line on stderr) and returns the status to exit with, or
// nothing when the program should go on.
std::optional<int> parse_command_line(CLI::App& app, int argc,
                                      const char* const* argv);

// An option that takes a duration such as 500us, 10ms or 2s.
CLI::Option* add_duration(CLI::App& app, const std::string& flags,
                          std::chrono::nanoseconds& target,
                          const std::string& help);

// An option that takes exactly `on` or `off`.
CLI::Option* add_switch(CLI::App& app, const std::string& flags, bool& target,
                        const std::string& help);

}  // namespace sockmark
