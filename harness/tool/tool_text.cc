#include "harness/tool/tool_text.h"

#include <array>
#include <charconv>

#include "lib/http.h"

namespace sockmark {

std::optional<Quantity> leading_number(std::string_view text) {
  text = trim(text);
  Quantity quantity;
  const auto result =
      std::from_chars(text.data(), text.data() + text.size(), quantity.value);
  if (result.ec != std::errc()) return std::nullopt;
  quantity.rest =
      text.substr(static_cast<std::size_t>(result.ptr - text.data()));
  return quantity;
}

std::optional<double> nanoseconds_in(std::string_view text) {
  struct Unit {
    std::string_view name;
    double nanoseconds;
  };
  constexpr std::array kUnits = {Unit{"us", 1e3}, Unit{"ms", 1e6},
                                 Unit{"s", 1e9}, Unit{"m", 60e9},
                                 Unit{"h", 3600e9}};
  const auto number = leading_number(text);
  if (!number) return std::nullopt;
  for (const Unit& unit : kUnits) {
    if (number->rest.substr(0, number->rest.find_first_of(" \t,")) ==
        unit.name) {
      return number->value * unit.nanoseconds;
    }
  }
  return std::nullopt;
}

std::optional<std::uint64_t> bytes_in(std::string_view text) {
  const auto number = leading_number(text);
  if (!number) return std::nullopt;
  double factor = 1;
  for (const char prefix : std::string_view("KMGTP")) {
    factor *= 1024;
    if (number->rest.starts_with(prefix)) {
      return static_cast<std::uint64_t>(number->value * factor);
    }
  }
  if (!number->rest.starts_with('B')) return std::nullopt;
  return static_cast<std::uint64_t>(number->value);
}

std::optional<std::string_view> after(std::string_view line,
                                      std::string_view prefix) {
  if (!line.starts_with(prefix)) return std::nullopt;
  return trim(line.substr(prefix.size()));
}

std::uint64_t count_behind(std::string_view line, std::string_view word) {
  const auto at = line.find(word);
  if (at == std::string_view::npos) return 0;
  const auto number = leading_number(line.substr(at + word.size()));
  return number ? static_cast<std::uint64_t>(number->value) : 0;
}

std::optional<std::uint64_t> count_before(std::string_view line,
                                          std::string_view word) {
  const auto end = line.find(word);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view before = line.substr(0, end);
  const auto blank = before.find_last_of(" \t(");
  const auto start = blank == std::string_view::npos ? 0 : blank + 1;
  const auto number = leading_number(before.substr(start));
  if (!number || !number->rest.empty()) return std::nullopt;
  return static_cast<std::uint64_t>(number->value);
}

}  // namespace sockmark
