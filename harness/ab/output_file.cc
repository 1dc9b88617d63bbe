#include "harness/ab/output_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace sockmark {
namespace {

[[noreturn]] void refuse(const std::string& file) {
  throw std::runtime_error("cannot write " + file + ": " +
                           std::strerror(errno));
}

}  // namespace

void require_writable(const std::string& file) {
  if (file.empty()) return;
  if (!std::ofstream(file, std::ios::app)) refuse(file);
}

void write_output(const std::string& file, const std::string& content) {
  if (file.empty()) return;
  std::ofstream stream(file);
  stream << content;
  stream.close();
  if (!stream) refuse(file);
}

}  // namespace sockmark
