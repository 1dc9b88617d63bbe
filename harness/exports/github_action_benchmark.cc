// The custom tools of github-action-benchmark: an array of {name, value, unit,
// range, extra}. A file has one direction, as the action knows only one for
// all of it.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/exports/cell_figures.h"
#include "harness/exports/exports.h"
#include "harness/exports/left_out.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// The action reads a number only where it has two characters at least.
std::string range_of(const MedianInterval& interval) {
  const double farther =
      std::max(interval.high - interval.median, interval.median - interval.low);
  return fmt::format("± {:.1f}", farther);
}

Json entry(const NamedCell& cell, const ExportedFigure& figure,
           const MedianInterval& summary) {
  Json json = {{"name", fmt::format("{} {}", cell.name, figure.label)},
               {"value", summary.median},
               {"unit", figure.unit}};
  if (summary.has_interval()) json["range"] = range_of(summary);
  json["extra"] = describe_summary(figure, summary);
  return json;
}

Exported entries(const ExportedRun& run, Better better) {
  Json all = Json::array();
  std::vector<std::string> left_out;
  for (const NamedCell& cell : named_cells(run.groups)) {
    bool is_known = false;
    for (const ExportedFigure& figure : exported_figures()) {
      if (figure.better != better) continue;
      const auto summary = summary_of(figure, *cell.cell);
      if (!summary) continue;
      is_known = true;
      all.push_back(entry(cell, figure, *summary));
    }
    if (!is_known) left_out.push_back(left_out_line(cell, "figures"));
  }
  return {.text = all.dump(2) + "\n",
          .left_out = std::move(left_out),
          .is_empty = all.empty()};
}

}  // namespace

Exported export_github_action_benchmark_bigger(const ExportedRun& run) {
  return entries(run, Better::higher);
}

Exported export_github_action_benchmark_smaller(const ExportedRun& run) {
  return entries(run, Better::lower);
}

}  // namespace sockmark
