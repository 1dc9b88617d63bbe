#include "harness/charts/chart_settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/text/text.h"

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

// gnuplot takes a tick's text for a format.
std::string taken_literally(const std::string& text) {
  std::string format;
  for (const char c : text) format += c == '%' ? "%%" : std::string(1, c);
  return format;
}

}  // namespace

std::string text_setting(const std::string& name, const std::string& text) {
  return fmt::format("{} = {}\n", name, quoted(text));
}

std::string texts_setting(const std::string& name,
                          const std::vector<std::string>& all) {
  std::vector<std::string> items;
  for (const std::string& text : all) items.push_back(quoted(text));
  if (items.empty()) items.emplace_back("''");  // gnuplot has no empty array
  return fmt::format("array {}[{}] = [{}]\n", name, items.size(),
                     join(items, ", \\\n  "));
}

std::string numbers_setting(const std::string& name,
                            const std::vector<double>& all) {
  return fmt::format("array {}[{}] = [{}]\n", name, all.size(),
                     fmt::join(all, ", "));
}

std::string notes_setting(const std::vector<std::string>& notes) {
  std::vector<std::string> lines;
  for (const std::string& note : notes) {
    for (std::string& line : wrap(one_line(note), kNoteWidth)) {
      lines.push_back(std::move(line));
    }
  }
  return texts_setting("notes", lines);
}

std::string axis_setting(const std::string& name, const Axis& axis) {
  std::vector<double> places;
  std::vector<std::string> texts;
  for (const Tick& tick : axis.ticks) {
    places.push_back(tick.at);
    texts.push_back(taken_literally(tick.text));
  }
  const auto named = [&name](const char* what) {
    return fmt::format("{}_{}", name, what);
  };
  return text_setting(named("label"), axis.label) +
         fmt::format("{0}_log = {1}\n{0}_least = {2}\n{0}_most = {3}\n", name,
                     axis.is_log ? 1 : 0, axis.least, axis.most) +
         numbers_setting(named("ticks"), places) +
         texts_setting(named("texts"), texts);
}

std::string to_gnuplot(const ChartSettings& settings) {
  const std::vector<double> rows(settings.rows.begin(), settings.rows.end());
  return std::string(kSettingsHeader) + text_setting("title", settings.title) +
         text_setting("subtitle", settings.subtitle) +
         text_setting("axis", settings.axis) +
         texts_setting("panel_titles", settings.panels) +
         numbers_setting("panel_rows", rows) +
         numbers_setting("panel_least", settings.least) +
         numbers_setting("panel_most", settings.most) +
         fmt::format("label_width = {}\n", settings.label_width) +
         notes_setting(settings.notes);
}

std::string tsv_field(const std::string& text) {
  std::string field = one_line(text);
  std::replace(field.begin(), field.end(), '"', '\'');
  return field;
}

}  // namespace sockmark
