// Fingerprints of binaries, so that a record says exactly what was measured.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace sockmark {

// In hexadecimal, by coreutils' sha256sum; remembered for as long as the
// program runs. Nothing if the file cannot be read.
std::optional<std::string> sha256_of_file(const std::filesystem::path& file);

// Of the file that find_program() finds.
std::optional<std::string> sha256_of_program(
    const std::string& program, const std::filesystem::path& cwd = {});

}  // namespace sockmark
