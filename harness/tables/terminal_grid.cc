#include "harness/tables/terminal_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kGap = 2;  // between columns

std::size_t total(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) +
         kGap * (widths.size() - 1);
}

// Returns the heading of the column that had to go.
std::string drop_least_important(Grid& grid) {
  const auto least = std::min_element(
      grid.columns.begin(), grid.columns.end(),
      [](const auto& a, const auto& b) { return a.importance < b.importance; });
  const auto at = least - grid.columns.begin();
  std::string name = least->heading;
  grid.columns.erase(least);
  for (auto& row : grid.rows) row.erase(row.begin() + at);
  return name;
}

void replace_all(std::string& text, std::string_view old,
                 std::string_view fresh) {
  for (std::size_t at = 0; (at = text.find(old, at)) != std::string::npos;
       at += fresh.size()) {
    text.replace(at, old.size(), fresh);
  }
}

// Broken at spaces, but never between a number and its "%".
std::vector<std::string> wrapped(std::string text, std::size_t width) {
  constexpr std::string_view kJoined = "\u00a0%";
  replace_all(text, " %", kJoined);
  std::vector<std::string> lines = wrap(text, width);
  for (std::string& line : lines) replace_all(line, kJoined, " %");
  return lines;
}

}  // namespace

void TerminalText::put(std::string_view text, std::string_view sgr) {
  if (style_.colour && !sgr.empty() && !text.empty()) {
    text_ += fmt::format("\033[{}m{}\033[0m", sgr, text);
  } else {
    text_ += text;
  }
}

void TerminalText::line(std::string_view text, std::string_view sgr) {
  line(std::vector<Span>{{.text = std::string(text), .sgr = sgr}});
}

void TerminalText::line(const std::vector<Span>& spans) {
  std::size_t room = style_.width;
  for (const Span& span : spans) {
    const std::size_t wanted = display_width(span.text);
    put(shorten(span.text, room), span.sgr);
    if (wanted > room) break;
    room -= wanted;
  }
  text_ += '\n';
}

void TerminalText::prose(std::string_view text, std::string_view sgr,
                         std::size_t indent) {
  std::string before;
  for (const std::string& part :
       wrapped(std::string(text), style_.width - indent)) {
    line(before + part, sgr);
    before.assign(indent, ' ');
  }
}

std::string pad(std::string_view text, std::size_t width, bool left) {
  const std::size_t own = display_width(text);
  const std::string space(width > own ? width - own : 0, ' ');
  return left ? std::string(text) + space : space + std::string(text);
}

std::vector<std::string> drop_columns(Grid& grid, std::size_t width) {
  std::vector<std::string> dropped;
  while (grid.columns.size() > 2 && total(column_widths(grid)) > width) {
    dropped.push_back(drop_least_important(grid));
  }
  return dropped;
}

std::vector<std::size_t> column_widths(const Grid& grid) {
  std::vector<std::size_t> widths;
  for (std::size_t at = 0; at < grid.columns.size(); ++at) {
    std::size_t width = std::max(display_width(grid.columns[at].heading),
                                 display_width(grid.columns[at].unit));
    for (const auto& row : grid.rows) {
      width = std::max(width, display_width(row[at]));
    }
    widths.push_back(width);
  }
  return widths;
}

std::string aligned(const Grid& grid, const std::vector<std::size_t>& widths,
                    const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    if (at > 0) line.append(kGap, ' ');
    line += pad(fields[at], widths[at], grid.columns[at].is_text);
  }
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

void print_headings(TerminalText& out, const Grid& grid,
                    const std::vector<std::size_t>& widths) {
  std::vector<std::string> headings, units;
  for (const Column& column : grid.columns) {
    headings.push_back(column.heading);
    units.push_back(column.unit);
  }
  out.line(aligned(grid, widths, headings));
  const std::string line = aligned(grid, widths, units);
  if (!line.empty()) out.line(line, kDim);
}

}  // namespace sockmark
