#include "harness/charts/line_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "harness/charts/chart_rows.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

std::string_view to_string(PointMark mark) {
  constexpr std::array<std::string_view, 5> kNames = {"valid", "suspect",
                                                      "missed", "gap", "none"};
  return kNames[static_cast<std::size_t>(mark)];
}

// What is not known is nan: there the line is broken.
std::string or_nan(const std::optional<double>& value) {
  return value ? number(value) : "nan";
}

// An empty row between two lines keeps them from being joined.
std::string points_tsv(const LineChart& chart) {
  Tsv tsv({"panel", "style", "label", "x", "y", "low", "high", "n", "mark",
           "text"});
  for (const Line& line : chart.lines) {
    for (const LinePoint& point : line.points) {
      tsv.row({fmt::format("{}", line.panel), fmt::format("{}", line.style),
               line.label, number(place_on(chart.x, point.x)), or_nan(point.y),
               or_nan(point.low), or_nan(point.high),
               fmt::format("{}", point.n), std::string(to_string(point.mark)),
               point.text});
    }
    tsv.row({});
  }
  return tsv.text();
}

// Where a cross says what it means: the first of each row of gaps.
std::string gaps(const LineChart& chart) {
  std::vector<double> panels, places;
  std::vector<std::string> texts;
  for (const Line& line : chart.lines) {
    for (const LinePoint& point : line.points) {
      if (point.mark != PointMark::gap || point.text.empty()) continue;
      if (line.style > 0) continue;  // once for all lines of the panel
      panels.push_back(static_cast<double>(line.panel));
      places.push_back(place_on(chart.x, point.x));
      texts.push_back(point.text);
    }
  }
  if (panels.empty()) {
    panels = {-1};
    places = {0};
  }
  return numbers_setting("gap_panels", panels) +
         numbers_setting("gap_places", places) +
         texts_setting("gap_texts", texts);
}

}  // namespace

Chart to_chart(const LineChart& chart) {
  const int background =
      chart.background ? static_cast<int>(*chart.background) : -1;
  return {.name = chart.name,
          .script = "lines",
          .medians = points_tsv(chart),
          .rounds = "",
          .settings = std::string(kSettingsHeader) +
                      text_setting("title", chart.title) +
                      text_setting("subtitle", chart.subtitle) +
                      axis_setting("x", chart.x) + axis_setting("y", chart.y) +
                      texts_setting("panel_titles", chart.panels) +
                      texts_setting("styles", chart.styles) +
                      fmt::format("background = {}\n", background) +
                      gaps(chart) + notes_setting(chart.notes)};
}

}  // namespace sockmark
