// Figures and prose as text for people. Text is UTF-8; its width is counted in
// code points, which is right for all scripts that are not double-width.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/statistics/stats.h"

namespace sockmark {

// Stands for a figure that is not known. Never 0.
inline constexpr std::string_view kUnknown = "–";

// Three significant digits, or all digits before the point, in groups of
// three: "0.0852", "8.52", "85.2", "85,234".
std::string format_figure(double value);

// A number of things, without decimals: "0", "64", "1,200".
std::string format_count(double count);

// "±3.1 %", the farther end of the interval; kUnknown where there is none.
std::string format_error(const std::optional<MedianInterval>& interval);

// "96.9 %": `share` 1 is 100 %.
std::string format_percent(double share);

// "3.1", "0.0042", "1,235": so many significant digits, 2 to 9, and all that
// stand before the point.
std::string format_digits(double value, int digits);

std::size_t display_width(std::string_view text);

// At most so wide: what had to go is replaced by "…".
std::string shorten(std::string_view text, std::size_t width);

// The same, but it is the middle that goes: where names differ at their ends.
std::string shorten_middle(std::string_view text, std::size_t width);

// Lines at most so wide, broken at spaces, and within a word that is longer.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// On one line: tabs, line ends and other control characters become spaces, and
// bytes that are no UTF-8, as a server may have said them, U+FFFD.
std::string one_line(std::string_view text);

std::string join(const std::vector<std::string>& parts,
                 std::string_view separator);

// Without its line end; of what a program said last before it gave up.
std::string last_line(std::string text);

}  // namespace sockmark
