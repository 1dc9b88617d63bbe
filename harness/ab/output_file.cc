#include "harness/ab/output_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "harness/replace_file.h"

namespace sockmark {

void require_writable(const std::string& file) {
  if (file.empty()) return;
  const auto path = std::filesystem::absolute(file);
  const auto target = std::filesystem::exists(path) ? path : path.parent_path();
  if (access(target.c_str(), W_OK) == 0) return;
  throw std::runtime_error("cannot write " + file + ": " +
                           std::strerror(errno));
}

void write_output(const std::string& file, const std::string& content) {
  if (!file.empty()) write_file(file, content);
}

}  // namespace sockmark
