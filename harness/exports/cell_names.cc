#include "harness/exports/cell_names.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string_view>

#include "harness/text/text.h"

namespace sockmark {
namespace {

void add(NamedCell& cell, const char* factor, const std::string& value) {
  cell.factors.emplace_back(factor, one_line(value));
}

void add_unusual(NamedCell& cell) {
  const Workload& workload = cell.group->workload;
  const Workload usual;
  if (workload.rate_per_second) {
    add(cell, "rate", fmt::format("{}", *workload.rate_per_second));
  }
  if (workload.body_bytes != usual.body_bytes) {
    add(cell, "body", fmt::format("{}", workload.body_bytes));
  }
  if (workload.work != usual.work) add(cell, "work", workload.work);
  if (workload.idle_connections != usual.idle_connections) {
    add(cell, "idle", fmt::format("{}", workload.idle_connections));
  }
  if (cell.cell->tool != usual.tool) add(cell, "tool", cell.cell->tool);
}

std::string name_of(const NamedCell& cell) {
  std::string name =
      fmt::format("{}/{}/connections:{}{}", one_line(cell.cell->server),
                  one_line(cell.group->workload.name),
                  cell.group->workload.connections, path_of_factors(cell));
  if (name.size() <= kLongestCellName) return name;
  // Its end tells it from others, and what is cut off leaves no half of a
  // character.
  constexpr std::string_view kCut = "…";
  std::size_t from = name.size() - (kLongestCellName - kCut.size());
  while ((static_cast<unsigned char>(name[from]) & 0xc0) == 0x80) ++from;
  return std::string(kCut) + name.substr(from);
}

// Adds `factor` to the cells that share their name with others and differ from
// one of them in `value`.
template <typename Value>
void tell_apart(std::vector<NamedCell>& cells, const char* factor,
                Value value) {
  std::map<std::string, std::set<std::string>> values;
  for (const NamedCell& cell : cells) values[cell.name].insert(value(cell));
  for (NamedCell& cell : cells) {
    if (values.at(cell.name).size() < 2) continue;
    add(cell, factor, value(cell));
  }
  for (NamedCell& cell : cells) cell.name = name_of(cell);
}

std::string number_of(const NamedCell& cell) {
  const auto at = cell.cell - cell.group->cells.data();
  return fmt::format("{}.{}", hash_of(cell.group->workload), at);
}

}  // namespace

std::vector<NamedCell> named_cells(const std::vector<WorkloadCells>& groups) {
  std::vector<NamedCell> cells;
  for (const WorkloadCells& group : groups) {
    for (const Cell& cell : group.cells) {
      cells.push_back(
          {.group = &group, .cell = &cell, .name = "", .factors = {}});
      add_unusual(cells.back());
    }
  }
  for (NamedCell& cell : cells) cell.name = name_of(cell);
  tell_apart(cells, "keep_alive", [](const NamedCell& cell) {
    return std::string(cell.group->workload.keep_alive ? "yes" : "no");
  });
  tell_apart(cells, "duration_ns", [](const NamedCell& cell) {
    return fmt::format("{}", cell.group->workload.duration_ns);
  });
  tell_apart(cells, "warmup_ns", [](const NamedCell& cell) {
    return fmt::format("{}", cell.group->workload.warmup_ns);
  });
  // Slashes in the names of servers and workloads can do this, and names that
  // had to be cut.
  tell_apart(cells, "cell", number_of);
  return cells;
}

std::string path_of_factors(const NamedCell& cell) {
  std::string path;
  for (const auto& [factor, value] : cell.factors) {
    path += fmt::format("/{}:{}", factor, value);
  }
  return path;
}

}  // namespace sockmark
