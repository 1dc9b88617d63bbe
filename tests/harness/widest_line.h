// What a text takes of a terminal.
#pragma once

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>

#include "harness/text/text.h"

namespace sockmark {

// In columns.
inline std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) {
    widest = std::max(widest, display_width(line));
  }
  return widest;
}

}  // namespace sockmark
