#include "harness/ab/output_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include "harness/text/replace_file.h"

namespace sockmark {

namespace fs = std::filesystem;

void require_writable(const std::string& file) {
  if (file.empty()) return;
  const auto path = fs::absolute(file);
  // A file is replaced, for which its folder has to be written.
  const bool is_replaced = !fs::exists(path) || fs::is_regular_file(path);
  const fs::path target = is_replaced ? path.parent_path() : path;
  const int error = fs::is_directory(path)              ? EISDIR
                    : access(target.c_str(), W_OK) == 0 ? 0
                                                        : errno;
  if (error == 0) return;
  throw std::runtime_error("cannot write " + file + ": " +
                           std::strerror(error));
}

void write_output(const std::string& file, const std::string& content) {
  if (!file.empty()) write_file(file, content);
}

}  // namespace sockmark
