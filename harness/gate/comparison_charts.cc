#include "harness/gate/comparison_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "harness/gate/finding_words.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

// The worst has the least: first what was found, then how much better it is.
std::pair<int, double> rank_of(const Judgement& judgement) {
  const auto worsening = worsening_of(judgement);
  const bool is_regressed = judgement.finding == Finding::regressed;
  return {is_regressed ? 0
          : worsening  ? 1
                       : 2,
          worsening ? -*worsening : std::numeric_limits<double>::lowest()};
}

// `widest`: of the name, and of the description.
std::string name_of(const char* role, const ComparedSide& side,
                    std::size_t widest) {
  const std::string name = shorten_middle(one_line(side.name), widest);
  const std::string description = shorten(one_line(side.description), widest);
  const bool says_more =
      !side.description.empty() && side.description != side.name;
  return says_more ? fmt::format("{} {} ({})", role, name, description)
                   : fmt::format("{} {}", role, name);
}

std::string line_of(const Comparison& comparison, std::size_t widest) {
  return fmt::format("{} · {}", name_of("base", comparison.base, widest),
                     name_of("head", comparison.head, widest));
}

}  // namespace

std::vector<const Judgement*> worst_first(const Comparison& comparison) {
  std::vector<const Judgement*> order;
  for (const Judgement& judgement : comparison.judgements) {
    order.push_back(&judgement);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const Judgement* a, const Judgement* b) {
                     return rank_of(*a) < rank_of(*b);
                   });
  return order;
}

std::string sides_line(const Comparison& comparison) {
  constexpr std::size_t kRoom = 140;   // beside the distributions' legend
  constexpr std::size_t kWidest = 30;  // of four texts, for them to fit there
  std::string line = line_of(comparison, kRoom);
  return display_width(line) <= kRoom ? line : line_of(comparison, kWidest);
}

std::vector<Chart> comparison_charts(const Comparison& comparison,
                                     const std::string& provenance) {
  std::vector<Chart> charts;
  for (const auto& chart : {forest_chart(comparison, provenance),
                            distributions_chart(comparison, provenance)}) {
    if (chart) charts.push_back(*chart);
  }
  return charts;
}

}  // namespace sockmark
