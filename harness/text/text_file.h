// A whole file as text.
#pragma once

#include <filesystem>
#include <string>

namespace sockmark {

// All of it. Throws std::runtime_error if it cannot be read, as a folder.
std::string read_text(const std::filesystem::path& file);

}  // namespace sockmark
