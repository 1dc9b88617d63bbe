#include "harness/process/find_program.h"

#include <unistd.h>

#include <cstdlib>
#include <sstream>

namespace sockmark {

std::optional<std::filesystem::path> find_program(
    const std::string& program, const std::filesystem::path& cwd) {
  const auto is_program = [](const std::filesystem::path& file) {
    return access(file.c_str(), X_OK) == 0;
  };
  if (program.find('/') != std::string::npos) {
    const auto file = cwd / program;
    return is_program(file) ? std::optional(file) : std::nullopt;
  }
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    auto file = std::filesystem::path(folder) / program;
    if (is_program(file)) return file;
  }
  return std::nullopt;
}

}  // namespace sockmark
