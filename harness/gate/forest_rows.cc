#include "harness/gate/forest_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/charts/chart_rows.h"
#include "harness/gate/finding_words.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr std::size_t kWidestCell = 44;
constexpr std::size_t kWidestMetric = 24;

std::string cell_text(const Judgement& figure) {
  return shorten_middle(one_line(figure.cell), kWidestCell);
}

std::string metric_text(const Judgement& figure) {
  return shorten(one_line(figure.metric.label), kWidestMetric);
}

// What stands in place of a figure's interval.
std::string interval_text(const Judgement& figure) {
  if (figure.estimate) return interval_of(figure);
  if (figure.metric.rule == Rule::exact) return "exact, no interval";
  if (figure.metric.rule == Rule::none || figure.p_worse) return "no interval";
  return "no estimate";
}

// What is not known is an empty field.
std::optional<double> positive(std::optional<double> value) {
  return value && *value > 0 ? value : std::nullopt;
}

std::vector<std::string> fields_of(const Judgement& figure) {
  const auto& estimate = figure.estimate;
  const auto [band_low, band_high] = margin_band(figure);
  const auto ratio = positive(ratio_of(figure));
  return {figure.cell,
          figure.metric.label,
          cell_text(figure),
          metric_text(figure),
          number(ratio),
          number(estimate ? positive(estimate->low) : std::nullopt),
          number(estimate ? positive(estimate->high) : std::nullopt),
          number(band_low),
          number(band_high),
          std::string(word_of(figure.finding)),
          change_of(figure),
          interval_text(figure),
          marked(figure.finding)};
}

// How wide the texts of a column are.
template <typename Text>
std::size_t widest(const std::vector<const Judgement*>& figures,
                   const Text& text) {
  std::size_t width = 0;
  for (const Judgement* figure : figures) {
    width = std::max(width, display_width(text(*figure)));
  }
  return width;
}

}  // namespace

std::vector<ForestPanel> forest_panels(
    const std::vector<const Judgement*>& figures) {
  std::vector<ForestPanel> panels = {{.title = "Less is better",
                                      .left = "◀ better",
                                      .right = "worse ▶",
                                      .figures = {}},
                                     {.title = "More is better",
                                      .left = "◀ worse",
                                      .right = "better ▶",
                                      .figures = {}}};
  for (const Judgement* figure : figures) {
    const bool is_more = figure->metric.better == Better::higher;
    panels[is_more ? 1 : 0].figures.push_back(figure);
  }
  std::erase_if(panels,
                [](const ForestPanel& panel) { return panel.figures.empty(); });
  return panels;
}

std::string forest_tsv(const std::vector<ForestPanel>& panels) {
  Tsv tsv({"panel", "row", "cell", "metric", "cell_text", "metric_text",
           "ratio", "low", "high", "margin_low", "margin_high", "finding",
           "change", "interval", "said"});
  for (std::size_t panel = 0; panel < panels.size(); ++panel) {
    const auto& figures = panels[panel].figures;
    for (std::size_t row = 0; row < figures.size(); ++row) {
      std::vector<std::string> fields = {fmt::format("{}", panel),
                                         fmt::format("{}", row)};
      for (std::string& field : fields_of(*figures[row])) {
        fields.push_back(std::move(field));
      }
      tsv.row(fields);
    }
  }
  return tsv.text();
}

std::string forest_widths(const std::vector<const Judgement*>& figures) {
  return fmt::format(
      "cell_width = {}\nmetric_width = {}\nchange_width = {}\n"
      "interval_width = {}\n",
      widest(figures, cell_text), widest(figures, metric_text),
      widest(figures, change_of), widest(figures, interval_text));
}

}  // namespace sockmark
