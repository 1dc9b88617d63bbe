#include "harness/tables/markdown_grid.h"

#include <fmt/format.h>

#include "harness/text/text.h"

namespace sockmark {
namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

std::string row(const std::vector<std::string>& fields) {
  return fmt::format("| {} |\n", fmt::join(fields, " | "));
}

}  // namespace

std::string markdown_text(std::string_view text) {
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

std::string markdown_rows(const Grid& grid) {
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
    for (const std::string& field : fields)
      escaped.push_back(markdown_text(field));
    text += row(escaped);
  }
  for (const auto& [server, why] : grid.failures) {
    std::vector<std::string> fields(grid.columns.size());
    fields[0] = markdown_text(server);
    if (fields.size() > 1) {
      fields[1] = markdown_text(why);
    } else {
      fields[0] += ": " + markdown_text(why);
    }
    text += row(fields);
  }
  return text;
}

std::string markdown_list(const std::vector<std::string>& notes) {
  std::string text;
  for (const std::string& note : notes)
    text += "- " + markdown_text(note) + '\n';
  return notes.empty() ? text : '\n' + text;
}

}  // namespace sockmark
