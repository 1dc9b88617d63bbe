#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/charts/chart_settings.h"
#include "harness/gate/comparison_charts.h"
#include "harness/gate/comparison_words.h"
#include "harness/gate/finding_words.h"
#include "harness/gate/forest_rows.h"
#include "harness/gate/ratio_axis.h"
#include "harness/gate/verdict_line.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

double reach_of(const Judgement& figure) {
  double reach = 0;
  const auto include = [&reach](std::optional<double> ratio) {
    if (ratio.value_or(0) > 0)
      reach = std::max(reach, std::abs(std::log(*ratio)));
  };
  include(ratio_of(figure));
  if (figure.estimate) {
    include(figure.estimate->low);
    include(figure.estimate->high);
  }
  return reach;
}

Axis axis_of(const std::vector<const Judgement*>& figures) {
  constexpr double kRoomBesideMargin = 1.6;
  std::vector<double> reaches, margins = {std::log(1.02)};
  for (const Judgement* figure : figures) {
    if (const double reach = reach_of(*figure); reach > 0) {
      reaches.push_back(reach);
    }
    margins.push_back(std::log(margin_band(*figure).high));
  }
  // Of a small figure the absolute margin may be many times its value.
  std::sort(margins.begin(), margins.end());
  const double margin = margins[margins.size() / 2];
  return ratio_axis("change from base to head, logarithmic",
                    fitting_reach(reaches, kRoomBesideMargin * margin));
}

std::string panels_setting(const std::vector<ForestPanel>& panels) {
  std::vector<std::string> titles, left, right;
  std::vector<double> rows;
  for (const ForestPanel& panel : panels) {
    titles.push_back(panel.title);
    left.push_back(panel.left);
    right.push_back(panel.right);
    rows.push_back(static_cast<double>(panel.figures.size()));
  }
  return texts_setting("panel_titles", titles) +
         texts_setting("left_means", left) +
         texts_setting("right_means", right) +
         numbers_setting("panel_rows", rows);
}

// "4 regressed" for each finding in the order of plots/findings.gp; empty for
// those that there are none of.
std::string legend_setting(const Comparison& comparison) {
  const FindingCounts counts = count_findings(comparison.judgements);
  std::vector<std::string> texts;
  for (const auto& [n, finding] :
       {std::pair(counts.regressed, Finding::regressed),
        {counts.inconclusive, Finding::inconclusive},
        {counts.improved, Finding::improved},
        {counts.same, Finding::same},
        {counts.not_worse, Finding::not_worse}}) {
    texts.push_back(n == 0 ? "" : fmt::format("{} {}", n, word_of(finding)));
  }
  return texts_setting("legend", texts);
}

std::vector<std::string> notes_of(const Comparison& comparison,
                                  std::size_t left_out,
                                  const std::string& provenance) {
  std::vector<std::string> notes = {
      "Point: Hodges and Lehmann's estimate of head/base; line: its 95 % "
      "interval; grey: the margin, within which a change does not matter. "
      "What regressed comes first, then the worst."};
  if (comparison.pairing == Pairing::unpaired) {
    for (std::string& note : notes_on_samples(comparison)) {
      notes.push_back(std::move(note));
    }
  }
  for (const CellList& list : lists_of(comparison)) {
    notes.push_back(fmt::format("{}: {}.", list.heading,
                                shorten(join(list.items, ", "), 400)));
  }
  if (left_out > 0) {
    notes.push_back(fmt::format("{} more figures are in the table.", left_out));
  }
  if (!provenance.empty()) notes.push_back(provenance);
  return notes;
}

}  // namespace

std::optional<Chart> forest_chart(const Comparison& comparison,
                                  const std::string& provenance) {
  std::vector<const Judgement*> figures = worst_first(comparison);
  if (figures.empty()) return std::nullopt;
  const std::size_t all = figures.size();
  figures.resize(std::min(all, kMostForestRows));
  const std::vector<ForestPanel> panels = forest_panels(figures);
  return Chart{.name = "forest",
               .script = "forest",
               .medians = forest_tsv(panels),
               .rounds = "",
               .settings = std::string(kSettingsHeader) +
                           text_setting("title", verdict_line(comparison)) +
                           text_setting("subtitle", sides_line(comparison)) +
                           axis_setting("x", axis_of(figures)) +
                           panels_setting(panels) + forest_widths(figures) +
                           legend_setting(comparison) +
                           notes_setting(notes_of(
                               comparison, all - figures.size(), provenance))};
}

}  // namespace sockmark
