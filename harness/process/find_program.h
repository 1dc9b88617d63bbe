// Which file a program's name stands for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace sockmark {

// The file that the shell would run: a name with a slash is one already, from
// `cwd` if that is given, and others are looked up in PATH. Nothing if there is
// none that may be run.
std::optional<std::filesystem::path> find_program(
    const std::string& program, const std::filesystem::path& cwd = {});

}  // namespace sockmark
