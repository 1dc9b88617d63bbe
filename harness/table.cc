#include "harness/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/grid.h"
#include "harness/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kGap = 2;            // between columns
constexpr std::size_t kWidestServer = 24;  // the rest of its name is cut off

// How a part of the table is set off: SGR parameters (ECMA-48, 8.3.117).
constexpr const char* kBold = "1";
constexpr const char* kRed = "31";
constexpr const char* kDim = "2";

class Terminal {
 public:
  explicit Terminal(const TerminalStyle& style) : style_(style) {}

  void line(std::string_view text, const char* sgr = "") {
    const std::string fitting = shorten(text, style_.width);
    if (style_.colour && *sgr != '\0') {
      text_ += fmt::format("\033[{}m{}\033[0m\n", sgr, fitting);
    } else {
      text_ += fitting + '\n';
    }
  }

  void prose(std::string_view text) {
    for (const std::string& part : wrap(text, style_.width)) line(part, kDim);
  }

  std::size_t width() const { return style_.width; }
  std::string text() const { return text_; }

 private:
  TerminalStyle style_;
  std::string text_;
};

std::string pad(std::string_view text, std::size_t width, bool left) {
  const std::size_t own = display_width(text);
  const std::string space(width > own ? width - own : 0, ' ');
  return left ? std::string(text) + space : space + std::string(text);
}

std::size_t width_of(const Grid& grid, std::size_t column) {
  std::size_t width = std::max(display_width(grid.columns[column].heading),
                               display_width(grid.columns[column].unit));
  for (const auto& row : grid.rows) {
    width = std::max(width, display_width(row[column]));
  }
  return width;
}

std::size_t width_of(const Grid& grid) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < grid.columns.size(); ++at) {
    width += width_of(grid, at) + (at == 0 ? 0 : kGap);
  }
  return width;
}

// Returns the name of the column that had to go.
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

// Makes the grid fit. Returns the names of the columns that had to go.
std::vector<std::string> fit(Grid& grid, std::size_t width) {
  for (auto& row : grid.rows) row[0] = shorten(row[0], kWidestServer);
  std::vector<std::string> dropped;
  while (width_of(grid) > width && grid.columns.size() > 2) {
    dropped.push_back(drop_least_important(grid));
  }
  return dropped;
}

std::string aligned(const Grid& grid, const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    if (at > 0) line.append(kGap, ' ');
    line += pad(fields[at], width_of(grid, at), grid.columns[at].is_text);
  }
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

void print_heading(Terminal& out, const Grid& grid) {
  std::vector<std::string> headings, units;
  for (const Column& column : grid.columns) {
    headings.push_back(column.heading);
    units.push_back(column.unit);
  }
  out.line(aligned(grid, headings));
  out.line(aligned(grid, units), kDim);
}

void print(Terminal& out, Grid grid, const std::vector<std::string>& notes) {
  const std::vector<std::string> dropped = fit(grid, out.width());
  for (const std::string& line : wrap(grid.title, out.width())) {
    out.line(line, kBold);
  }
  out.line("");
  if (!grid.rows.empty()) print_heading(out, grid);
  for (const auto& row : grid.rows) out.line(aligned(grid, row));
  std::vector<std::string> cut_off;
  for (const auto& [server, why] : grid.failures) {
    const std::string name = shorten(server, kWidestServer);
    const std::string row = pad(name, width_of(grid, 0), true) + "  " + why;
    out.line(row, kRed);
    if (display_width(row) > out.width())
      cut_off.push_back(fmt::format("{}: {}", server, why));
  }
  out.line("");
  for (const std::string& note : cut_off) out.prose(note);
  for (const std::string& note : notes) out.prose(note);
  if (!dropped.empty()) {
    out.prose("No room for: " + join(dropped, ", ") + ".");
  }
}

}  // namespace

std::string terminal_table(const std::vector<WorkloadCells>& groups,
                           const TerminalStyle& style) {
  Terminal out(style);
  const std::vector<Grid> grids = grids_of(groups);
  const std::vector<std::string> shared = shared_notes(grids);
  for (const Grid& grid : grids) {
    if (&grid != &grids.front()) out.line("");
    print(out, grid, own_notes(grid, shared));
  }
  if (!shared.empty()) out.line("");
  for (const std::string& note : shared) out.prose(note);
  return out.text();
}

}  // namespace sockmark
