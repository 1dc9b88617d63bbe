#include "harness/gate/comparison_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/gate/comparison_grid.h"
#include "harness/gate/comparison_words.h"
#include "harness/gate/finding_words.h"
#include "harness/gate/verdict_line.h"
#include "harness/tables/terminal_grid.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kWidestMetric = 28;
constexpr std::size_t kFinding = 0, kMetric = 1;  // columns

std::string_view colour_of(Finding finding) {
  switch (finding) {
    case Finding::regressed:
      return kRed;
    case Finding::inconclusive:
      return kYellow;
    case Finding::improved:
      return kGreen;
    case Finding::same:
    case Finding::not_worse:
      break;
  }
  return "";
}

void print_verdict(TerminalText& out, const Comparison& comparison) {
  const Finding finding = verdict_finding(comparison);
  const std::string_view colour = colour_of(finding);
  out.prose(fmt::format("{} {}", glyph_of(finding), verdict_line(comparison)),
            colour.empty() ? kBold : colour, 2);
}

void print_side(TerminalText& out, const char* role, const ComparedSide& side) {
  const bool says_more =
      !side.description.empty() && side.description != side.name;
  out.prose(fmt::format("{}  {}{}{}", role, one_line(side.name),
                        says_more ? ": " : "",
                        says_more ? one_line(side.description) : ""),
            "", 6);
}

void print_head(TerminalText& out, const Comparison& comparison) {
  print_verdict(out, comparison);
  out.line("");
  print_side(out, "base", comparison.base);
  print_side(out, "head", comparison.head);
  for (const std::string& note : notes_on_samples(comparison)) out.prose(note);
  if (const std::string note = note_on_identical(comparison); !note.empty()) {
    out.prose(note, kYellow);
  }
}

// The finding, which has a colour, begins the line.
void print_row(TerminalText& out, const Grid& grid,
               const std::vector<std::size_t>& widths,
               const std::vector<std::string>& fields, Finding finding) {
  const std::string line = aligned(grid, widths, fields);
  const std::string first = pad(fields[kFinding], widths[kFinding], true);
  const bool is_whole = line.size() <= first.size();
  out.line({{.text = is_whole ? line : first, .sgr = colour_of(finding)},
            {.text = is_whole ? "" : line.substr(first.size())}});
}

void print_cell(TerminalText& out, const ComparedCell& cell,
                const std::vector<std::size_t>& widths) {
  out.line("");
  out.prose(one_line(cell.grid.title), kBold);
  print_headings(out, cell.grid, widths);
  for (std::size_t row = 0; row < cell.grid.rows.size(); ++row) {
    print_row(out, cell.grid, widths, cell.grid.rows[row], cell.findings[row]);
  }
  for (const std::string& reason : reasons_of(cell)) {
    out.prose(reason, kDim, 2);
  }
}

// The columns that all rows together have room for.
void lay_out(std::vector<ComparedCell>& cells, Grid fitted) {
  std::size_t at = 0;
  for (ComparedCell& cell : cells) {
    cell.grid.columns = fitted.columns;
    for (auto& row : cell.grid.rows) row = std::move(fitted.rows[at++]);
  }
}

struct Fitted {
  Grid grid;
  std::vector<std::string> dropped;  // headings
};

// "system calls/req": as in "req/s".
Fitted fit(Grid grid, std::size_t width, bool shorter) {
  constexpr std::string_view kLong = "/request";
  for (auto& row : grid.rows) {
    std::string& metric = row[kMetric];
    const std::size_t at = metric.find(kLong);
    if (shorter && at != std::string::npos) {
      metric.replace(at, kLong.size(), "/req");
    }
    metric = shorten(one_line(metric), kWidestMetric);
  }
  std::vector<std::string> dropped = drop_columns(grid, width);
  return {std::move(grid), std::move(dropped)};
}

// Returns the headings that it has no room for.
std::vector<std::string> print_cells(TerminalText& out,
                                     const Comparison& comparison) {
  std::vector<ComparedCell> cells = compared_cells(comparison);
  if (cells.empty()) return {};
  Fitted all = fit(merged(cells), out.width(), false);
  if (Fitted shorter = fit(merged(cells), out.width(), true);
      shorter.dropped.size() < all.dropped.size()) {
    all = std::move(shorter);
  }
  const std::vector<std::size_t> widths = column_widths(all.grid);
  lay_out(cells, std::move(all.grid));
  for (const ComparedCell& cell : cells) print_cell(out, cell, widths);
  return all.dropped;
}

void print_lists(TerminalText& out, const Comparison& comparison) {
  for (const CellList& list : lists_of(comparison)) {
    out.line("");
    out.line(list.heading, kBold);
    for (const std::string& item : list.items) {
      out.prose(fmt::format("{} {}", list.is_bad ? "✗" : "+", one_line(item)),
                list.is_bad ? kRed : "", 2);
    }
  }
}

}  // namespace

std::string terminal_table(const Comparison& comparison,
                           const TerminalStyle& style) {
  TerminalText out(style);
  print_head(out, comparison);
  const std::vector<std::string> dropped = print_cells(out, comparison);
  print_lists(out, comparison);
  if (!comparison.notes.empty()) out.line("");
  for (const std::string& note : comparison.notes) {
    out.prose(one_line(note), "");
  }
  const std::vector<std::string> reading =
      notes_on_reading(comparison, dropped);
  if (!reading.empty()) out.line("");
  for (const std::string& note : reading) out.prose(note);
  if (!dropped.empty()) {
    out.prose("No room for: " + join(dropped, ", ") + ".");
  }
  return out.text();
}

}  // namespace sockmark
