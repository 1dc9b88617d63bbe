#include "lib/duration.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace sockmark {
namespace {

struct Unit {
  std::string_view name;
  double nanoseconds;
};

constexpr std::array kUnits = {Unit{"ns", 1}, Unit{"us", 1e3}, Unit{"ms", 1e6},
                               Unit{"s", 1e9}, Unit{"m", 60e9}};
constexpr double kLongestNs = 1e18;  // 31 years: fits the clock's 64 bits

}  // namespace

std::chrono::nanoseconds parse_duration(std::string_view text) {
  double number = -1;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view suffix =
      text.substr(static_cast<std::size_t>(end - text.data()));
  for (const Unit& unit : kUnits) {
    if (error != std::errc() || suffix != unit.name) continue;
    const double ns = number * unit.nanoseconds;
    if (ns >= 0 && ns <= kLongestNs) {
      return std::chrono::nanoseconds(std::llround(ns));
    }
  }
  throw std::invalid_argument(
      fmt::format("bad duration '{}': expected a number and a unit, as in "
                  "500us, 10ms, 2s or 1m",
                  text));
}

std::string format_duration(std::chrono::nanoseconds duration) {
  const auto ns = static_cast<double>(duration.count());
  const Unit* fitting = kUnits.data();
  for (const Unit& unit : kUnits) {
    if (ns >= 0.9995 * unit.nanoseconds && unit.name != "m") fitting = &unit;
  }
  const double value = ns / fitting->nanoseconds;
  const int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f} {}", value,
                     fitting->nanoseconds == 1 ? 0 : decimals, fitting->name);
}

}  // namespace sockmark
