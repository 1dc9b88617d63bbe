#include "harness/text/text_file.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace sockmark {

std::string read_text(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  stream.peek();  // tells a folder, which can be opened, from an empty file
  if (stream.good()) text << stream.rdbuf();
  if (!stream.is_open() || stream.bad()) {
    throw std::runtime_error("cannot read " + file.string());
  }
  return text.str();
}

}  // namespace sockmark
