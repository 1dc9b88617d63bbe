#include "harness/tables/html_grid.h"

#include <fmt/format.h>

#include "harness/text/text.h"

namespace sockmark {
namespace {

std::string heading_row(const Grid& grid) {
  std::string row;
  for (const Column& column : grid.columns) {
    row += fmt::format(
        "<th{}>{}{}</th>", column.is_text ? " class=\"text\"" : "",
        html_text(column.heading),
        column.unit.empty() ? ""
                            : "<small>" + html_text(column.unit) + "</small>");
  }
  return "<tr>" + row + "</tr>\n";
}

std::string body_rows(const Grid& grid,
                      const std::vector<std::string_view>& classes) {
  std::string rows;
  for (std::size_t row = 0; row < grid.rows.size(); ++row) {
    const auto& fields = grid.rows[row];
    rows += row < classes.size()
                ? fmt::format("<tr class=\"{}\">", classes[row])
                : "<tr>";
    for (std::size_t at = 0; at < fields.size(); ++at) {
      rows += fmt::format("<td{}>{}</td>",
                          grid.columns[at].is_text ? " class=\"text\"" : "",
                          html_text(fields[at]));
    }
    rows += "</tr>\n";
  }
  for (const auto& [server, why] : grid.failures) {
    const std::size_t rest = grid.columns.size() - 1;
    rows += fmt::format("<tr class=\"failed\"><td>{}</td><td{}>{}</td></tr>\n",
                        html_text(server),
                        rest > 1 ? fmt::format(" colspan=\"{}\"", rest) : "",
                        html_text(why));
  }
  return rows;
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string result;
  for (const char c : one_line(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string html_rows(const Grid& grid,
                      const std::vector<std::string_view>& classes) {
  return fmt::format("<div class=\"wide\"><table>\n{}{}</table></div>\n",
                     heading_row(grid), body_rows(grid, classes));
}

std::string html_notes(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& note : all) {
    text += fmt::format("<p class=\"note\">{}</p>\n", html_text(note));
  }
  return text;
}

}  // namespace sockmark
