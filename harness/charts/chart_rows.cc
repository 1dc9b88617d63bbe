#include "harness/charts/chart_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cells/notes.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kWidestLabel = 24;
constexpr std::size_t kWidestGap = 56;

bool any_dot(const std::vector<WorkloadCells>& groups, std::string_view mark) {
  bool found = false;
  for_each_place(groups, [&](const Place& place) {
    for (const TrialRecord& trial : place.cell.trials) {
      found = found || (trial.load && mark_of(trial) == mark);
    }
  });
  return found;
}

}  // namespace

void Tsv::row(const std::vector<std::string>& fields) {
  std::string separator;
  for (const std::string& field : fields) {
    text_ += separator + tsv_field(field);
    separator = "\t";
  }
  text_ += '\n';
}

std::string file_name(std::string name) {
  for (char& c : name) {
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                          (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    if (!is_plain) c = '_';
  }
  return name;
}

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : "";
}

void for_each_place(const std::vector<WorkloadCells>& groups,
                    const std::function<void(const Place&)>& visit) {
  const bool with_tool = has_several_tools(groups);
  for (std::size_t panel = 0; panel < groups.size(); ++panel) {
    const WorkloadCells& group = groups[panel];
    for (std::size_t row = 0; row < group.cells.size(); ++row) {
      visit({group, group.cells[row], panel, row, with_tool});
    }
  }
}

std::vector<std::string> place_names() {
  return {"panel", "row", "workload", "tool", "server", "label"};
}

std::vector<std::string> fields_of(const Place& place) {
  return {fmt::format("{}", place.panel),
          fmt::format("{}", place.row),
          place.group.workload.name,
          place.cell.tool,
          place.cell.server,
          shorten(label_of(place.cell, place.with_tool), kWidestLabel)};
}

std::string gap_of(const Cell& cell) {
  if (cell.usable > 0) return "not known";
  return shorten(why_left_out(cell), kWidestGap);
}

std::string mark_of(const TrialRecord& trial) {
  return std::string(to_string(verdict_of(trial).status));
}

std::string hollow(const std::vector<WorkloadCells>& groups) {
  return any_dot(groups, "suspect") ? "; hollow: suspect" : "";
}

std::string crossed(const std::vector<WorkloadCells>& groups) {
  return any_dot(groups, "invalid") ? "; crossed: invalid, left out" : "";
}

ChartSettings common_settings(const std::vector<WorkloadCells>& groups) {
  ChartSettings settings;
  for (const WorkloadCells& group : groups) {
    settings.panels.push_back(describe(group.workload));
    settings.rows.push_back(group.cells.size());
  }
  for_each_place(groups, [&settings](const Place& place) {
    const std::string label = label_of(place.cell, place.with_tool);
    settings.label_width = std::max(
        settings.label_width, std::min(display_width(label), kWidestLabel));
  });
  settings.notes = {note_on_intervals(groups)};
  for (std::string& note : notes_on_cells(groups)) {
    settings.notes.push_back(std::move(note));
  }
  for_each_place(groups, [&settings](const Place& place) {
    const std::string why = why_left_out(place.cell);
    if (place.cell.usable > 0 || display_width(why) <= kWidestGap) return;
    settings.notes.push_back(label_of(place.cell, place.with_tool) + " in " +
                             place.group.workload.name + ": " + why + ".");
  });
  return settings;
}

}  // namespace sockmark
