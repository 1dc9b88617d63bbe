// Durations as people write and read them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace sockmark {

// "500us", "1.5ms", "10s", "2m". Throws std::invalid_argument, with a message
// that says what was expected, for anything else (negative and bare numbers
// included).
std::chrono::nanoseconds parse_duration(std::string_view text);

// Three significant digits in the largest fitting unit: "85.2 us", "1.20 ms".
std::string format_duration(std::chrono::nanoseconds duration);

}  // namespace sockmark
