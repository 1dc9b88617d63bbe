#include <fmt/format.h>

#include <algorithm>

#include "harness/charts/chart_settings.h"
#include "harness/gate/comparison_charts.h"
#include "harness/gate/comparison_words.h"
#include "harness/gate/distribution_values.h"
#include "harness/gate/finding_words.h"
#include "harness/gate/value_axis.h"
#include "harness/gate/verdict_line.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kWidestCell = 42;
constexpr std::size_t kWidestMetric = 24;
Axis axis_of(const Judgement& figure) {
  const double divisor = unit_of(figure).divisor;
  std::vector<double> values;
  for (const auto* side : {&figure.base, &figure.head}) {
    for (const double value : *side) values.push_back(value / divisor);
  }
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return value_axis(*least, *most);
}

// gnuplot has no arrays of arrays: the ticks of all panels follow each other.
std::string panels_setting(const ShownValues& choice) {
  std::vector<std::string> cells, metrics, findings, said, texts;
  std::vector<double> least, most, panels, places;
  for (std::size_t panel = 0; panel < choice.figures.size(); ++panel) {
    const Judgement& figure = *choice.figures[panel];
    cells.push_back(shorten_middle(figure.cell, kWidestCell));
    metrics.push_back(shorten(metric_of(figure), kWidestMetric));
    findings.emplace_back(word_of(figure.finding));
    const std::string change = change_of(figure);
    said.push_back(marked(figure.finding) +
                   (change == kUnknown ? "" : "  " + change));
    const Axis axis = axis_of(figure);
    least.push_back(axis.least);
    most.push_back(axis.most);
    for (const Tick& tick : axis.ticks) {
      panels.push_back(static_cast<double>(panel));
      places.push_back(tick.at);
      texts.push_back(tick.text);
    }
  }
  return texts_setting("cells", cells) + texts_setting("metrics", metrics) +
         texts_setting("findings", findings) + texts_setting("said", said) +
         numbers_setting("y_least", least) + numbers_setting("y_most", most) +
         numbers_setting("tick_panels", panels) +
         numbers_setting("tick_places", places) +
         texts_setting("tick_texts", texts);
}

// How far the x axis reaches, and where the medians of a panel lie on it.
std::string places_setting(const ShownValues& choice, Pairing pairing) {
  double last = 1;
  std::vector<double> base_last, head_first, head_last;
  for (const Judgement* figure : choice.figures) {
    last = std::max(last, last_place_of(*figure, pairing));
    base_last.push_back(pairing == Pairing::paired
                            ? last_place_of(*figure, pairing)
                            : static_cast<double>(figure->base.size()));
    head_first.push_back(place_of_value(*figure, pairing, true, 0));
    head_last.push_back(last_place_of(*figure, pairing));
  }
  return fmt::format("x_most = {}\nis_paired = {}\n", last,
                     pairing == Pairing::paired ? 1 : 0) +
         text_setting("x_label",
                      pairing == Pairing::paired
                          ? "pair, in the order of measurement"
                          : "each side's values in the order of measurement") +
         numbers_setting("base_last", base_last) +
         numbers_setting("head_first", head_first) +
         numbers_setting("head_last", head_last);
}

std::vector<std::string> notes_of(const Comparison& comparison,
                                  const ShownValues& choice,
                                  const std::string& provenance) {
  std::vector<std::string> notes = {
      std::string("Point: a trial; horizontal line: a side's median") +
      (comparison.pairing == Pairing::paired
           ? "; vertical line: the two trials of a pair. "
           : ". ") +
      "Each panel has a scale of its own, not from 0. What regressed comes "
      "first, then the worst."};
  if (choice.no_room > 0) {
    notes.push_back(
        fmt::format("No room here for {}: see the table.",
                    counted(choice.no_room, "more figure", "more figures")));
  }
  if (choice.constant > 0) {
    notes.push_back(
        fmt::format("Left out: {} with the same value in every "
                    "trial, or with none.",
                    counted(choice.constant, "figure", "figures")));
  }
  if (!provenance.empty()) notes.push_back(provenance);
  return notes;
}

}  // namespace

std::optional<Chart> distributions_chart(const Comparison& comparison,
                                         const std::string& provenance) {
  const ShownValues choice = shown_values(comparison);
  if (choice.figures.empty()) return std::nullopt;
  return Chart{
      .name = "distributions",
      .script = "distributions",
      .medians = distributions_tsv(choice),
      .rounds = distribution_values_tsv(choice, comparison.pairing),
      .settings = std::string(kSettingsHeader) +
                  text_setting("title", "Every trial of both sides") +
                  text_setting("subtitle", sides_line(comparison)) +
                  panels_setting(choice) +
                  places_setting(choice, comparison.pairing) +
                  notes_setting(notes_of(comparison, choice, provenance))};
}

}  // namespace sockmark
