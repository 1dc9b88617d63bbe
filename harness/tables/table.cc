#include "harness/tables/table.h"

#include <fmt/format.h>

#include "harness/tables/grid.h"
#include "harness/tables/terminal_grid.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kWidestServer = 24;  // the rest of its name is cut off

void print(TerminalText& out, Grid grid,
           const std::vector<std::string>& notes) {
  for (auto& row : grid.rows) row[0] = shorten(row[0], kWidestServer);
  const std::vector<std::string> dropped = drop_columns(grid, out.width());
  const std::vector<std::size_t> widths = column_widths(grid);
  for (const std::string& line : wrap(grid.title, out.width())) {
    out.line(line, kBold);
  }
  out.line("");
  if (!grid.rows.empty()) print_headings(out, grid, widths);
  for (const auto& row : grid.rows) out.line(aligned(grid, widths, row));
  std::vector<std::string> cut_off;
  for (const auto& [server, why] : grid.failures) {
    const std::string name = shorten(server, kWidestServer);
    const std::string row = pad(name, widths[0], true) + "  " + why;
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
  TerminalText out(style);
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
