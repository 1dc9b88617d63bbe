// In which of several rows texts stand so that none covers another. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sockmark {

struct PlacedText {
  double begin = 0;  // as a share of the width
  std::string text;
};

// Each in the first row where it has room, from the left to the right; the
// width is in characters.
std::vector<std::size_t> rows_of(const std::vector<PlacedText>& texts,
                                 std::size_t width);

}  // namespace sockmark
