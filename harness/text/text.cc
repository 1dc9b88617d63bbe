#include "harness/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace sockmark {
namespace {

std::string in_groups_of_three(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

bool starts_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
}

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD

// How many bytes the code point has that begins there; 0: it is none.
std::size_t code_point_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xc2 && first < 0xe0 ? 2
                             : first >= 0xe0 && first < 0xf0 ? 3
                             : first >= 0xf0 && first < 0xf5 ? 4
                                                             : 0;
  if (at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (starts_code_point(text[at + i])) return 0;
  }
  return length;
}

// Where the n-th code point begins, counted from 0; the end if there are fewer.
std::size_t start_of(std::string_view text, std::size_t n) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size(); ++at) {
    if (starts_code_point(text[at]) && seen++ == n) break;
  }
  return at;
}

}  // namespace

std::string format_figure(double value) {
  const double size = std::abs(value);
  if (size >= 99.95 || size == 0) return format_count(value);
  if (size >= 9.995) return fmt::format("{:.1f}", value);
  if (size >= 0.9995) return fmt::format("{:.2f}", value);
  return fmt::format("{:#.3g}", value);
}

std::string format_count(double count) {
  return in_groups_of_three(fmt::format("{:.0f}", count));
}

std::string format_percent(double share) {
  const double percent = share * 100;
  return fmt::format("{:.{}f} %", percent, percent < 99.95 ? 1 : 0);
}

std::string format_digits(double value, int digits) {
  const double least_count = std::pow(10, digits) - 0.5;
  return std::abs(value) >= least_count ? format_count(value)
                                        : fmt::format("{:.{}g}", value, digits);
}

std::string format_error(const std::optional<MedianInterval>& interval) {
  const auto error = interval ? interval->relative_error() : std::nullopt;
  return error ? "±" + format_percent(*error) : std::string(kUnknown);
}

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), starts_code_point));
}

std::string shorten(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return "";
  return std::string(text.substr(0, start_of(text, width - 1))) + "…";
}

std::string shorten_middle(std::string_view text, std::size_t width) {
  const std::size_t own = display_width(text);
  if (own <= width) return std::string(text);
  if (width == 0) return "";
  const std::size_t before = width / 2;
  const std::size_t after = width - 1 - before;
  return std::string(text.substr(0, start_of(text, before))) + "…" +
         std::string(text.substr(start_of(text, own - after)));
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word.empty()) continue;
    while (display_width(word) > std::max<std::size_t>(width, 1)) {
      if (!line.empty()) lines.push_back(std::exchange(line, {}));
      const std::size_t end = start_of(word, std::max<std::size_t>(width, 1));
      lines.emplace_back(word.substr(0, end));
      word.remove_prefix(end);
    }
    if (!line.empty() &&
        display_width(line) + 1 + display_width(word) > width) {
      lines.push_back(std::exchange(line, {}));
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = code_point_at(text, at);
    if (length == 0) {
      line += kReplacement;
    } else if (length == 1 && (static_cast<unsigned char>(text[at]) < 0x20 ||
                               text[at] == 0x7f)) {
      line += ' ';
    } else {
      line += text.substr(at, length);
    }
    at += std::max<std::size_t>(length, 1);
  }
  return line;
}

std::string join(const std::vector<std::string>& parts,
                 std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string last_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

}  // namespace sockmark
