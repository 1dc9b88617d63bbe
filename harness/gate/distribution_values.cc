#include "harness/gate/distribution_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "harness/charts/chart_rows.h"
#include "harness/gate/comparison_charts.h"
#include "harness/gate/finding_words.h"

namespace sockmark {
namespace {

constexpr std::size_t kGapBetweenSides = 1;  // in values, where unpaired

bool varies(const Judgement& figure) {
  std::vector<double> all = figure.base;
  all.insert(all.end(), figure.head.begin(), figure.head.end());
  const bool all_finite = std::all_of(all.begin(), all.end(), [](double value) {
    return std::isfinite(value);
  });
  if (all.empty() || !all_finite) return false;
  const auto [least, most] = std::minmax_element(all.begin(), all.end());
  return *least < *most;
}

std::optional<double> scaled(const std::optional<double>& value,
                             double divisor) {
  if (!value) return std::nullopt;
  return *value / divisor;
}

}  // namespace

ShownValues shown_values(const Comparison& comparison) {
  ShownValues choice;
  for (const Judgement* figure : worst_first(comparison)) {
    if (!varies(*figure)) {
      ++choice.constant;
    } else if (choice.figures.size() == kMostDistributions) {
      ++choice.no_room;
    } else {
      choice.figures.push_back(figure);
    }
  }
  return choice;
}

double place_of_value(const Judgement& figure, Pairing pairing, bool is_head,
                      std::size_t n) {
  const std::size_t before = is_head && pairing == Pairing::unpaired
                                 ? figure.base.size() + kGapBetweenSides
                                 : 0;
  return static_cast<double>(before + n + 1);
}

double last_place_of(const Judgement& figure, Pairing pairing) {
  const std::size_t n = std::max(figure.base.size(), figure.head.size());
  if (pairing == Pairing::paired) return static_cast<double>(n);
  return static_cast<double>(figure.base.size() + kGapBetweenSides +
                             figure.head.size());
}

std::string distributions_tsv(const ShownValues& shown) {
  Tsv tsv({"panel", "cell", "metric", "unit", "finding", "change",
           "base_median", "head_median", "base_n", "head_n"});
  for (std::size_t panel = 0; panel < shown.figures.size(); ++panel) {
    const Judgement& figure = *shown.figures[panel];
    const ReadableUnit unit = unit_of(figure);
    tsv.row({fmt::format("{}", panel), figure.cell, figure.metric.label,
             unit.name, std::string(word_of(figure.finding)), change_of(figure),
             number(scaled(figure.base_median, unit.divisor)),
             number(scaled(figure.head_median, unit.divisor)),
             fmt::format("{}", figure.base.size()),
             fmt::format("{}", figure.head.size())});
  }
  return tsv.text();
}

std::string distribution_values_tsv(const ShownValues& shown, Pairing pairing) {
  Tsv tsv({"panel", "place", "base", "head"});
  for (std::size_t panel = 0; panel < shown.figures.size(); ++panel) {
    const Judgement& figure = *shown.figures[panel];
    const double divisor = unit_of(figure).divisor;
    const std::string name = fmt::format("{}", panel);
    const auto value = [divisor](const std::vector<double>& side,
                                 std::size_t n) {
      return n < side.size() ? number(side[n] / divisor) : std::string();
    };
    const bool is_paired = pairing == Pairing::paired;
    const std::size_t most = std::max(figure.base.size(), figure.head.size());
    for (std::size_t n = 0; n < most; ++n) {
      if (is_paired || n < figure.base.size()) {
        tsv.row({name, number(place_of_value(figure, pairing, false, n)),
                 value(figure.base, n),
                 is_paired ? value(figure.head, n) : ""});
      }
    }
    for (std::size_t n = 0; !is_paired && n < figure.head.size(); ++n) {
      tsv.row({name, number(place_of_value(figure, pairing, true, n)), "",
               value(figure.head, n)});
    }
  }
  return tsv.text();
}

}  // namespace sockmark
