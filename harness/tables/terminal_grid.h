// How a grid and the prose around it are laid out for a terminal. No line is
// wider than it. Internal to the files that make tables.
//
// Pure: touches neither clock nor disk nor process.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/tables/grid.h"
#include "harness/tables/table.h"

namespace sockmark {

// How a part of a line is set off: SGR parameters (ECMA-48, 8.3.117).
inline constexpr std::string_view kBold = "1";
inline constexpr std::string_view kDim = "2";
inline constexpr std::string_view kRed = "31";
inline constexpr std::string_view kGreen = "32";
inline constexpr std::string_view kYellow = "33";

struct Span {
  std::string text;
  std::string_view sgr = {};
};

class TerminalText {
 public:
  explicit TerminalText(const TerminalStyle& style) : style_(style) {}

  void line(std::string_view text, std::string_view sgr = "");

  // One line of several parts; what is beyond the width is cut off.
  void line(const std::vector<Span>& spans);

  // Wrapped at spaces; all lines but the first begin with `indent` spaces.
  void prose(std::string_view text, std::string_view sgr = kDim,
             std::size_t indent = 0);

  std::size_t width() const { return style_.width; }
  const std::string& text() const { return text_; }

 private:
  void put(std::string_view text, std::string_view sgr);

  TerminalStyle style_;
  std::string text_;
};

// With spaces, to be so wide at least.
std::string pad(std::string_view text, std::size_t width, bool left);

// Leaves out columns until the rest fits, the least important first, but never
// the last two. Returns the headings of those that had to go.
std::vector<std::string> drop_columns(Grid& grid, std::size_t width);

// Of each column, its heading, unit and all fields included.
std::vector<std::size_t> column_widths(const Grid& grid);

// A row of the grid as a line, without spaces at its end.
std::string aligned(const Grid& grid, const std::vector<std::size_t>& widths,
                    const std::vector<std::string>& fields);

// A line of headings, and one of units if there are any.
void print_headings(TerminalText& out, const Grid& grid,
                    const std::vector<std::size_t>& widths);

}  // namespace sockmark
