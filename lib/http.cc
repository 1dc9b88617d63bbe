#include "lib/http.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

namespace sockmark {
namespace {

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(),
                    [](char a, char b) { return to_lower(a) == b; });
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<std::uint64_t> parse_content_length(std::string_view text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end ||
      value > std::numeric_limits<std::int64_t>::max()) {
    return std::nullopt;
  }
  return value;
}

bool list_has(std::string_view list, std::string_view lower_token) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    if (equals_ignoring_case(trim(list.substr(0, comma)), lower_token)) {
      return true;
    }
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

std::optional<FirstLine> first_line(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  const void* const found = std::memchr(bytes.data(), '\n', bytes.size());
  if (found == nullptr) return std::nullopt;
  const auto end =
      static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
  std::string_view text = bytes.substr(0, end);
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return FirstLine{.text = text, .next = end + 1};
}

}  // namespace sockmark
