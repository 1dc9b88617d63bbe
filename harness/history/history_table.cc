#include "harness/history/history_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cells/cells.h"
#include "harness/history/change_list.h"
#include "harness/history/history_words.h"
#include "harness/history/sparkline.h"
#include "harness/tables/grid.h"
#include "harness/tables/terminal_grid.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kWidestServer = 24;  // the rest of its name is cut off
constexpr std::size_t kIndent = 2;         // of a change's details

std::vector<Column> columns_for(const Scale& scale) {
  return {{"server", "", true, 11}, {"latest", scale.unit, false, 10},
          {"±", "", false, 5},      {"last change", "", true, 9},
          {"since", "", true, 4},   {"commit", "", true, 8},
          {"runs", "", false, 6},   {"oldest to latest", "", true, 7},
          {"in run", "", true, 2}};
}

std::string change_of(const Series& series, const History& history) {
  if (!series.steps.empty()) {
    return change_in_words(series.steps.back().ratio, history.metric.better);
  }
  if (series.drift) return "drifts";
  return series.why_not_looked.empty() ? "none" : std::string(kUnknown);
}

std::vector<std::string> row_of(const Series& series, const History& history,
                                std::size_t width) {
  const Scale scale = scale_of(history);
  const std::vector<double> values = series.values();
  std::vector<std::string> row = {
      shorten(label_of(series, history), kWidestServer),
      format_figure(series.latest().value->median / scale.divisor),
      format_error(series.latest().value), change_of(series, history)};
  std::string since(kUnknown), commit(kUnknown), name(kUnknown);
  if (!series.steps.empty()) {
    const auto& run =
        history.runs[series.points[series.steps.back().point].run];
    since = day_of(run);
    commit = commit_of(run);
    name = run.name;
  }
  row.insert(row.end(), {since, commit, fmt::format("{}", values.size()),
                         sparkline(values, width), name});
  return row;
}

Workload without_tool(Workload workload) {
  workload.tool.clear();
  return workload;
}

// A table per workload, and how each of its rows is set off.
struct Table {
  Grid grid;
  std::vector<std::string_view> tones;
};

std::vector<Table> tables_of(const History& history, std::size_t width) {
  const std::size_t sparkline_width = std::clamp<std::size_t>(width / 5, 8, 40);
  std::vector<Table> tables;
  std::string hash;
  for (const Series& series : history.series) {
    const Workload workload = without_tool(series.workload);
    if (tables.empty() || hash_of(workload) != hash) {
      hash = hash_of(workload);
      Table& table = tables.emplace_back();
      table.grid.title =
          fmt::format("{} of {}", history.metric.label, describe(workload));
      table.grid.columns = columns_for(scale_of(history));
    }
    Table& table = tables.back();
    table.grid.rows.push_back(row_of(series, history, sparkline_width));
    table.tones.push_back(
        series.steps.empty()
            ? ""
            : tone_of(series.steps.back().ratio, history.metric.better));
  }
  return tables;
}

// Columns that say nothing in any table of the page.
void drop_empty(std::vector<Table>& tables) {
  for (std::size_t at = tables.front().grid.columns.size(); at-- > 1;) {
    const bool is_empty =
        std::all_of(tables.begin(), tables.end(), [at](const Table& table) {
          return std::all_of(
              table.grid.rows.begin(), table.grid.rows.end(),
              [at](const auto& row) { return row[at] == kUnknown; });
        });
    if (!is_empty) continue;
    const auto offset = static_cast<std::ptrdiff_t>(at);
    for (Table& table : tables) {
      table.grid.columns.erase(table.grid.columns.begin() + offset);
      for (auto& row : table.grid.rows) row.erase(row.begin() + offset);
    }
  }
}

void print(TerminalText& out, Table table) {
  Grid& grid = table.grid;
  drop_columns(grid, out.width());
  const auto widths = column_widths(grid);
  out.prose(grid.title, kBold);
  out.line("");
  print_headings(out, grid, widths);
  for (std::size_t i = 0; i < grid.rows.size(); ++i) {
    out.line(aligned(grid, widths, grid.rows[i]), table.tones[i]);
  }
  out.line("");
}

void print(TerminalText& out, const std::vector<ChangeEntry>& changes) {
  if (changes.empty()) return;
  out.prose("Changes, the latest first", kBold);
  for (const ChangeEntry& change : changes) {
    out.prose(change.headline, change.tone);
    for (const std::string& detail : change.details) {
      for (const std::string& part : wrap(detail, out.width() - kIndent)) {
        out.line(std::string(kIndent, ' ') + part, kDim);
      }
    }
  }
  out.line("");
}

}  // namespace

std::string history_table(const HistoryReport& report,
                          const TerminalStyle& style) {
  const History& history = report.history;
  TerminalText out(style);
  auto tables = tables_of(history, style.width);
  if (!tables.empty()) drop_empty(tables);
  for (Table& table : tables) print(out, std::move(table));
  print(out, changes_in(history));
  for (const std::string& note : notes_on_series(history)) out.prose(note);
  out.prose(note_on_points(history));
  out.prose(note_on_changes(history));
  const std::string machine = machine_in_words(report);
  if (!machine.empty()) out.prose(machine);
  return out.text();
}

}  // namespace sockmark
