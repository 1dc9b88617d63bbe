// Where each value of a JSON text stands, for messages about it. Pure.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sockmark {

// Both from 1; columns count characters, not bytes.
struct TextPosition {
  int line = 1;
  int column = 1;
};

// Of the byte at `offset`, which may be the end.
TextPosition position_in(std::string_view text, std::size_t offset);

struct JsonPositions {
  // By JSON pointer (RFC 6901): a member of an object stands where its key
  // does, everything else where it begins.
  std::map<std::string, TextPosition> at;
  // Members whose key the object had already: parsers keep one in silence.
  std::vector<std::pair<std::string, TextPosition>> repeated;
};

// Of well-formed JSON, comments (/* */ and //) allowed: parse it first.
JsonPositions find_positions(std::string_view json);

}  // namespace sockmark
