#include "harness/tables/grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "harness/cells/disagreement.h"
#include "harness/cells/notes.h"
#include "harness/cells/ranking.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr double kNsPerUs = 1e3;
constexpr double kNsPerMs = 1e6;
// From here on milliseconds read better.
constexpr double kLongLatencyNs = 10e6;

struct LatencyUnit {
  std::string name = "µs";
  double ns = kNsPerUs;
};

// One unit per table, so that its figures compare at a glance.
LatencyUnit latency_unit(const WorkloadCells& group) {
  for (const Cell& cell : group.cells) {
    if (cell.p99_ns && cell.p99_ns->median >= kLongLatencyNs) {
      return {.name = "ms", .ns = kNsPerMs};
    }
  }
  return {};
}

std::string figure(const std::optional<MedianInterval>& summary,
                   double divisor = 1) {
  return summary ? format_figure(summary->median / divisor)
                 : std::string(kUnknown);
}

std::string range(const std::optional<MedianInterval>& summary) {
  if (!summary || !summary->has_interval()) return std::string(kUnknown);
  return fmt::format("[{}, {}]", format_figure(summary->low),
                     format_figure(summary->high));
}

// A column, and what a cell has to say in it; kUnknown where it has nothing.
struct Source {
  Column column;
  std::function<std::string(const Cell&)> field;
};

std::vector<Source> figure_sources(const WorkloadCells& group) {
  const LatencyUnit unit = latency_unit(group);
  return {
      {{"throughput", "req/s", false, 10},
       [](const Cell& c) { return figure(c.requests_per_second); }},
      {{"±", "", false, 7},
       [](const Cell& c) { return format_error(c.requests_per_second); }},
      {{"interval", "req/s", false, 1},
       [](const Cell& c) { return range(c.requests_per_second); }},
      {{"p50", unit.name, false, 5},
       [unit](const Cell& c) { return figure(c.p50_ns, unit.ns); }},
      {{"p99", unit.name, false, 6},
       [unit](const Cell& c) { return figure(c.p99_ns, unit.ns); }},
      {{"CPU", "µs/req", false, 4},
       [](const Cell& c) { return figure(c.cpu_ns_per_request, kNsPerUs); }},
      {{"errors", "total", false, 8}, [](const Cell& c) {
         return c.errors ? format_count(static_cast<double>(*c.errors))
                         : std::string(kUnknown);
       }}};
}

// Of interest only where tools are compared.
Source tool_cpu_source() {
  return {{"tool CPU", "µs/req", false, 2}, [](const Cell& c) {
            return figure(c.tool_cpu_ns_per_request, kNsPerUs);
          }};
}

std::string served(const WorkloadCells& group, const Cell& cell) {
  if (!cell.connections_served) return std::string(kUnknown);
  return fmt::format("{}/{}", format_count(cell.connections_served->median),
                     group.workload.connections);
}

Source rank_source(const WorkloadCells& group, const Ranking& ranking) {
  return {
      {"rank", "", false, 9}, [&](const Cell& c) {
        const auto& rank =
            ranking.ranks[static_cast<std::size_t>(&c - group.cells.data())];
        return rank ? fmt::format("{}", *rank) : std::string(kUnknown);
      }};
}

std::vector<Source> sources(const WorkloadCells& group, const Ranking& ranking,
                            bool with_tool) {
  std::vector<Source> all = {{{"server", "", true, 11}, [](const Cell& c) {
                                return label_of(c, false);
                              }}};
  if (with_tool) {
    all.push_back(
        {{"tool", "", true, 10}, [](const Cell& c) { return c.tool; }});
  }
  if (group.cells.size() > 1) all.push_back(rank_source(group, ranking));
  for (Source& source : figure_sources(group)) all.push_back(std::move(source));
  if (with_tool) all.push_back(tool_cpu_source());
  if (group.workload.keep_alive) {
    all.push_back({{"served", "conns", false, 3},
                   [&group](const Cell& c) { return served(group, c); }});
  }
  if (std::any_of(group.cells.begin(), group.cells.end(), [](const Cell& c) {
        return c.usable > 0 && !c.left_out.empty();
      })) {
    all.push_back({{"n", "", false, 3},
                   [](const Cell& c) { return fmt::format("{}", c.usable); }});
  }
  return all;
}

void drop_unknown_columns(Grid& grid) {
  for (std::size_t at = grid.columns.size(); at-- > 1;) {
    const auto is_unknown = [at](const auto& row) {
      return row[at] == kUnknown;
    };
    if (!std::all_of(grid.rows.begin(), grid.rows.end(), is_unknown)) continue;
    const auto offset = static_cast<std::ptrdiff_t>(at);
    grid.columns.erase(grid.columns.begin() + offset);
    for (auto& row : grid.rows) row.erase(row.begin() + offset);
  }
}

std::vector<std::string> notes_of(const WorkloadCells& group,
                                  const Ranking& ranking) {
  std::vector<std::string> notes = notes_on_cells({group});
  for (std::string& note : notes_on_tools(group)) notes.push_back(note);
  if (std::string note = note_on_ranks(ranking); !note.empty()) {
    notes.push_back(std::move(note));
  }
  notes.emplace_back(group.workload.rate_per_second
                         ? "Sorted by p99, lowest first."
                         : "Sorted by throughput, highest first.");
  notes.push_back(note_on_intervals({group}));
  if (const std::string note = note_on_latency(group.workload); !note.empty()) {
    notes.push_back(note);
  }
  return notes;
}

bool contains(const std::vector<std::string>& notes, const std::string& note) {
  return std::find(notes.begin(), notes.end(), note) != notes.end();
}

Grid grid_of(const WorkloadCells& group, bool with_tool) {
  Grid grid;
  grid.title = describe(group.workload);
  const Ranking ranking = rank_cells(group);
  grid.notes = notes_of(group, ranking);
  const std::vector<Source> all = sources(group, ranking, with_tool);
  for (const Source& source : all) grid.columns.push_back(source.column);
  for (const Cell& cell : group.cells) {
    if (cell.usable == 0) {
      grid.failures.push_back({label_of(cell, with_tool), why_left_out(cell)});
      continue;
    }
    auto& row = grid.rows.emplace_back();
    for (const Source& source : all) row.push_back(source.field(cell));
  }
  drop_unknown_columns(grid);
  return grid;
}

}  // namespace

std::vector<Grid> grids_of(const std::vector<WorkloadCells>& groups) {
  const bool with_tool = has_several_tools(groups);
  std::vector<Grid> grids;
  for (const WorkloadCells& group : groups) {
    grids.push_back(grid_of(group, with_tool));
  }
  return grids;
}

std::vector<std::string> shared_notes(const std::vector<Grid>& grids) {
  if (grids.size() < 2) return {};
  std::vector<std::string> shared = grids.front().notes;
  for (const Grid& grid : grids) {
    std::erase_if(shared, [&grid](const std::string& note) {
      return !contains(grid.notes, note);
    });
  }
  return shared;
}

std::vector<std::string> own_notes(const Grid& grid,
                                   const std::vector<std::string>& shared) {
  std::vector<std::string> own = grid.notes;
  std::erase_if(own, [&shared](const std::string& note) {
    return contains(shared, note);
  });
  return own;
}

}  // namespace sockmark
