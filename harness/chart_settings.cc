#include "harness/chart_settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kNoteWidth = 145;  // what fits a page at its size

// In single quotes gnuplot takes everything literally, but for those.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : one_line(text)) {
    result += c == '\'' ? "''" : std::string(1, c);
  }
  return result + "'";
}

std::string text_array(const char* name, const std::vector<std::string>& all) {
  std::vector<std::string> items;
  for (const std::string& text : all) items.push_back(quoted(text));
  return fmt::format("array {}[{}] = [{}]\n", name, items.size(),
                     join(items, ", \\\n  "));
}

template <typename Number>
std::string number_array(const char* name, const std::vector<Number>& all) {
  return fmt::format("array {}[{}] = [{}]\n", name, all.size(),
                     fmt::join(all, ", "));
}

}  // namespace

std::string to_gnuplot(const ChartSettings& settings) {
  std::vector<std::string> note_lines;
  for (const std::string& note : settings.notes) {
    for (std::string& line : wrap(one_line(note), kNoteWidth)) {
      note_lines.push_back(std::move(line));
    }
  }
  if (note_lines.empty()) note_lines.emplace_back();
  return "# What this chart says. Its script in plots/ draws it.\n" +
         fmt::format("title = {}\nsubtitle = {}\naxis = {}\n",
                     quoted(settings.title), quoted(settings.subtitle),
                     quoted(settings.axis)) +
         text_array("panel_titles", settings.panels) +
         number_array("panel_rows", settings.rows) +
         number_array("panel_least", settings.least) +
         number_array("panel_most", settings.most) +
         fmt::format("label_width = {}\n", settings.label_width) +
         text_array("notes", note_lines);
}

std::string tsv_field(const std::string& text) {
  std::string field = one_line(text);
  std::replace(field.begin(), field.end(), '"', '\'');
  return field;
}

}  // namespace sockmark
