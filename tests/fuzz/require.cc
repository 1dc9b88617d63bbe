#include "tests/fuzz/require.h"

#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace sockmark {
namespace {

std::string readable(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes.substr(0, 2000)) {
    const auto code = static_cast<unsigned char>(byte);
    if (std::isprint(code) != 0 && byte != '\\') {
      text += byte;
    } else {
      std::array<char, 5> escape{};
      std::snprintf(escape.data(), escape.size(), "\\x%02x", code);
      text += escape.data();
    }
  }
  return text;
}

}  // namespace

void require(bool holds, std::string_view what, std::string_view way,
             std::string_view input) {
  if (holds) return;
  std::fprintf(stderr, "it %s\nway: %s\ninput: %s\n", std::string(what).c_str(),
               std::string(way).c_str(), readable(input).c_str());
  std::abort();
}

}  // namespace sockmark
