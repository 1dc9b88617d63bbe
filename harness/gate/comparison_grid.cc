#include "harness/gate/comparison_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "harness/gate/finding_words.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr const char* kVisibleHeading = "visible";

// A column, and what a figure has to say in it; kUnknown where it has nothing.
struct Source {
  Column column;
  std::function<std::string(const Judgement&)> field;
};

std::string median_of(const Judgement& judgement,
                      const std::optional<double>& median) {
  if (!median) return std::string(kUnknown);
  return format_figure(*median / unit_of(judgement).divisor);
}

// Those that have no values at all say why.
bool counts_differ(const std::vector<Judgement>& judgements) {
  std::set<std::string> counts;
  for (const Judgement& judgement : judgements) {
    if (!judgement.base.empty() || !judgement.head.empty()) {
      counts.insert(count_of(judgement));
    }
  }
  return counts.size() > 1;
}

std::vector<Source> sources(const Comparison& comparison) {
  std::vector<Source> all = {
      {{"finding", "", true, 20},
       [](const Judgement& j) { return marked(j.finding); }},
      {{"metric", "", true, 19}, metric_of},
      {{"base", "", false, 12},
       [](const Judgement& j) { return median_of(j, j.base_median); }},
      {{"head", "", false, 13},
       [](const Judgement& j) { return median_of(j, j.head_median); }},
      {{"change", "", true, 18}, change_of},
      {{"95 % interval", "", true, 15}, interval_of},
      {{"margin", "", true, 9},
       [](const Judgement& j) { return margin_of(j.metric); }},
      {{"p", "adjusted", false, 8}, probability_of},
      {{kVisibleHeading, "from", false, 10}, visible_of}};
  if (comparison.pairing == Pairing::unpaired ||
      counts_differ(comparison.judgements)) {
    all.push_back({{"n", "", false, 11}, count_of});
  }
  return all;
}

bool is_unknown_to_all(const Source& source, const Comparison& comparison) {
  return std::all_of(comparison.judgements.begin(), comparison.judgements.end(),
                     [&source](const Judgement& judgement) {
                       return source.field(judgement) == kUnknown;
                     });
}

// Of all the figures of which it is true.
struct Reason {
  Finding finding;
  std::vector<std::string> metrics;
  std::string text;
};

std::string text_of(const Judgement& figure, bool with_visible) {
  std::vector<std::string> parts;
  if (!figure.reason.empty()) parts.push_back(figure.reason);
  if (const std::string least = visible_of(figure);
      with_visible && least != kUnknown) {
    parts.push_back(least + " worse would have been seen");
  }
  return join(parts, "; ");
}

}  // namespace

int severity(Finding finding) {
  switch (finding) {
    case Finding::regressed:
      return 0;
    case Finding::inconclusive:
      return 1;
    case Finding::improved:
      return 2;
    case Finding::same:
    case Finding::not_worse:
      break;
  }
  return 3;
}

Finding worst_of(const ComparedCell& cell) {
  return *std::min_element(
      cell.findings.begin(), cell.findings.end(),
      [](Finding a, Finding b) { return severity(a) < severity(b); });
}

std::vector<ComparedCell> compared_cells(const Comparison& comparison) {
  std::vector<Source> all = sources(comparison);
  std::erase_if(all, [&comparison](const Source& source) {
    return is_unknown_to_all(source, comparison);
  });
  std::vector<ComparedCell> cells;
  std::map<std::string, std::size_t> places;
  for (const Judgement& judgement : comparison.judgements) {
    const auto [known, is_new] =
        places.try_emplace(judgement.cell, cells.size());
    if (is_new) cells.emplace_back().grid.title = judgement.cell;
    ComparedCell& cell = cells[known->second];
    cell.findings.push_back(judgement.finding);
    cell.figures.push_back(judgement);
    auto& row = cell.grid.rows.emplace_back();
    for (const Source& source : all) row.push_back(source.field(judgement));
  }
  for (ComparedCell& cell : cells) {
    for (const Source& source : all) cell.grid.columns.push_back(source.column);
  }
  std::stable_sort(cells.begin(), cells.end(),
                   [](const ComparedCell& a, const ComparedCell& b) {
                     return severity(worst_of(a)) < severity(worst_of(b));
                   });
  return cells;
}

std::vector<std::string> reasons_of(const ComparedCell& cell) {
  const auto& columns = cell.grid.columns;
  const bool has_column = std::any_of(
      columns.begin(), columns.end(),
      [](const Column& column) { return column.heading == kVisibleHeading; });
  std::vector<Reason> reasons;
  for (const Judgement& figure : cell.figures) {
    if (figure.finding == Finding::same) continue;
    const std::string text = text_of(figure, !has_column);
    if (text.empty()) continue;
    const auto known =
        std::find_if(reasons.begin(), reasons.end(), [&](const Reason& reason) {
          return reason.text == text && reason.finding == figure.finding;
        });
    if (known != reasons.end()) {
      known->metrics.push_back(figure.metric.label);
    } else {
      reasons.push_back({figure.finding, {figure.metric.label}, text});
    }
  }
  std::vector<std::string> lines;
  for (const Reason& reason : reasons) {
    lines.push_back(fmt::format("{} {}: {}.", glyph_of(reason.finding),
                                join(reason.metrics, ", "), reason.text));
  }
  return lines;
}

Grid merged(const std::vector<ComparedCell>& cells) {
  Grid grid;
  if (cells.empty()) return grid;
  grid.columns = cells.front().grid.columns;
  for (const ComparedCell& cell : cells) {
    grid.rows.insert(grid.rows.end(), cell.grid.rows.begin(),
                     cell.grid.rows.end());
  }
  return grid;
}

}  // namespace sockmark
