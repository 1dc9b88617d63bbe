#include "harness/tool.h"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace sockmark {

std::optional<std::filesystem::path> find_in_path(const std::string& program) {
  const char* const path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    auto file = std::filesystem::path(folder) / program;
    if (access(file.c_str(), X_OK) == 0) return file;
  }
  return std::nullopt;
}

bool is_in_path(const std::string& program) {
  return find_in_path(program).has_value();
}

const LoadTool& find_tool(const std::string& name) {
  for (const LoadTool* tool : {&kLoadgen, &kWrk}) {
    if (tool->name == name) return *tool;
  }
  throw std::invalid_argument("no load tool named '" + name +
                              "'; there are loadgen and wrk");
}

void require_tool(const LoadTool& tool) {
  if (&tool == &kLoadgen || is_in_path(tool.name)) return;
  throw std::runtime_error(tool.name + " is not installed: apt-get install " +
                           tool.name + ", or use --tool loadgen");
}

}  // namespace sockmark
