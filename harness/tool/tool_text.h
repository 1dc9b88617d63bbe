// Reading what load tools print for people: figures with units behind words.
//
// Pure. What is not there is nothing, or 0 where a tool leaves out what did not
// happen.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sockmark {

struct Quantity {
  double value = 0;
  std::string_view rest;  // what follows the number
};

std::optional<Quantity> leading_number(std::string_view text);

// "499.58us", "1.02ms", "2.00s", "1.50m", "1.00h". A time of several parts,
// "1m3s", is not read.
std::optional<double> nanoseconds_in(std::string_view text);

// "1.37MB", in powers of 1024.
std::optional<std::uint64_t> bytes_in(std::string_view text);

// The text behind `prefix`, if the line starts with it.
std::optional<std::string_view> after(std::string_view line,
                                      std::string_view prefix);

// The number behind the first `word`, or 0 without one.
std::uint64_t count_behind(std::string_view line, std::string_view word);

// The number before the first `word`, or nothing without one.
std::optional<std::uint64_t> count_before(std::string_view line,
                                          std::string_view word);

}  // namespace sockmark
