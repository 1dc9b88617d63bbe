#include <fmt/format.h>

#include "harness/grid.h"
#include "harness/table.h"
#include "harness/text.h"

namespace sockmark {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

// Taken literally: what would end a table's field, start a tag or emphasise. An
// underscore within a word does nothing of that.
std::string escape(std::string_view text) {
  const std::string line = one_line(text);
  std::string escaped;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool within_word = at > 0 && at + 1 < line.size() &&
                             is_word(line[at - 1]) && is_word(line[at + 1]);
    const bool is_special =
        std::string_view("\\|<*`").find(line[at]) != std::string_view::npos ||
        (line[at] == '_' && !within_word);
    if (is_special) escaped += '\\';
    escaped += line[at];
  }
  return escaped;
}

std::string row(const std::vector<std::string>& fields) {
  return fmt::format("| {} |\n", fmt::join(fields, " | "));
}

std::string table(const Grid& grid) {
  std::vector<std::string> headings, rules;
  for (const Column& column : grid.columns) {
    std::string heading = column.heading;
    if (!column.unit.empty()) heading += fmt::format(" ({})", column.unit);
    headings.push_back(std::move(heading));
    rules.emplace_back(column.is_text ? ":---" : "---:");
  }
  std::string text = row(headings) + row(rules);
  for (const auto& fields : grid.rows) {
    std::vector<std::string> escaped;
    for (const std::string& field : fields) escaped.push_back(escape(field));
    text += row(escaped);
  }
  for (const auto& [server, why] : grid.failures) {
    std::vector<std::string> fields(grid.columns.size());
    fields[0] = escape(server);
    if (fields.size() > 1) {
      fields[1] = escape(why);
    } else {
      fields[0] += ": " + escape(why);
    }
    text += row(fields);
  }
  return text;
}

std::string list(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes) text += "- " + escape(note) + '\n';
  return notes.empty() ? text : '\n' + text;
}

}  // namespace

std::string markdown_table(const std::vector<WorkloadCells>& groups) {
  const std::vector<Grid> grids = grids_of(groups);
  const std::vector<std::string> shared = shared_notes(grids);
  std::string text;
  for (const Grid& grid : grids) {
    if (!text.empty()) text += '\n';
    text += fmt::format("### {}\n\n", escape(grid.title));
    text += table(grid) + list(own_notes(grid, shared));
  }
  return shared.empty() ? text : text + '\n' + escape(join(shared, " ")) + '\n';
}

}  // namespace sockmark
