// Lexical pieces of HTTP/1.x that requests and replies share.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sockmark {

// Case does not count. `lower` must be in lower case.
bool equals_ignoring_case(std::string_view text, std::string_view lower);

// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);

// A Content-Length. Nothing unless it is digits only and fits 63 bits.
std::optional<std::uint64_t> parse_content_length(std::string_view text);

// Whether a comma-separated list such as Connection's has this token.
bool list_has(std::string_view list, std::string_view lower_token);

// The first line of `bytes` without its CR LF or LF, and where the next line
// starts; nothing when the line has no end yet.
struct FirstLine {
  std::string_view text;
  std::size_t next = 0;
};
std::optional<FirstLine> first_line(std::string_view bytes);

}  // namespace sockmark
