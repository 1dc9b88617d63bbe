// The terminal, if there is one.
#pragma once

#include <cstddef>

namespace sockmark {

// In columns. 80 where `fd` is no terminal; COLUMNS in the environment wins.
std::size_t terminal_width(int fd);

// Whether to colour what goes to `fd`: a terminal, and NO_COLOR is not set.
bool wants_colour(int fd);

struct TerminalStyle {
  std::size_t width = 80;  // in columns
  bool colour = false;
};

// Of what goes to `fd`.
TerminalStyle style_of(int fd);

}  // namespace sockmark
