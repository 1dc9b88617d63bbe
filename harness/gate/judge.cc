#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "harness/gate/comparison.h"
#include "harness/gate/conclusion.h"
#include "harness/gate/holm.h"
#include "harness/gate/noisy.h"
#include "harness/gate/rules.h"
#include "harness/statistics/noise.h"
#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

bool is_in_family(const Samples& samples) {
  return samples.metric.rule == Rule::noisy && !samples.base.empty() &&
         !samples.head.empty();
}

bool all_numbers(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return std::isfinite(value); });
}

Judgement described(const Samples& samples) {
  Judgement judgement{.cell = samples.cell,
                      .metric = samples.metric,
                      .base = samples.base,
                      .head = samples.head};
  if (all_numbers(samples.base)) {
    judgement.base_median = median(samples.base);
    judgement.base_variation = robust_spread(samples.base);
  }
  if (all_numbers(samples.head)) {
    judgement.head_median = median(samples.head);
    judgement.head_variation = robust_spread(samples.head);
  }
  return judgement;
}

void add_figures(Judgement& judgement, const NoisyFigures& figures) {
  const bool is_cost = judgement.metric.better == Better::lower;
  judgement.p_worse = is_cost ? figures.p_above : figures.p_below;
  judgement.p_better = is_cost ? figures.p_below : figures.p_above;
  if (!figures.are_ratios) return;
  judgement.estimate = {.ratio = std::exp(figures.wide.estimate),
                        .low = std::exp(figures.wide.low),
                        .high = std::exp(figures.wide.high),
                        .low90 = std::exp(figures.narrow.low),
                        .high90 = std::exp(figures.narrow.high),
                        .coverage = figures.wide.coverage};
}

void require_pairs(const Samples& samples, const JudgementRules& rules) {
  if (rules.pairing == Pairing::paired &&
      samples.base.size() != samples.head.size()) {
    throw std::invalid_argument(samples.cell + ", " + samples.metric.name +
                                ": paired values differ in number");
  }
}

// All but what Holm's procedure decides.
struct Draft {
  Judgement judgement;
  std::optional<NoisyFigures> figures;
};

Draft draft(const Samples& samples, const Family& family) {
  Draft result{.judgement = described(samples), .figures = std::nullopt};
  Judgement& judgement = result.judgement;
  if (samples.metric.rule != Rule::noisy) {
    const Ruling ruling = samples.metric.rule == Rule::exact
                              ? rule_exactly(samples)
                              : rule_out_any(samples, family.rules);
    judgement.finding = ruling.finding;
    judgement.reason = ruling.reason;
    return result;
  }
  judgement.reason = why_not_comparable(samples, family.rules.pairing);
  if (!judgement.reason.empty()) return result;
  require_pairs(samples, family.rules);
  result.figures = figures_of(samples, family.rules.pairing, family.level());
  add_figures(judgement, *result.figures);
  return result;
}

// Of the family's members in their order; what cannot be tested counts as well.
std::vector<double> adjusted(const std::vector<Judgement>& judgements,
                             const std::vector<std::size_t>& members,
                             std::optional<double> Judgement::*p) {
  std::vector<double> probabilities;
  probabilities.reserve(members.size());
  for (const std::size_t i : members) {
    probabilities.push_back((judgements[i].*p).value_or(1));
  }
  return adjusted_by_holm(probabilities);
}

}  // namespace

std::vector<Judgement> judge(const std::vector<Samples>& samples,
                             const JudgementRules& rules) {
  const Family family = {.rules = rules,
                         .size = static_cast<std::size_t>(std::count_if(
                             samples.begin(), samples.end(), is_in_family))};
  std::vector<Judgement> judgements;
  std::vector<std::optional<NoisyFigures>> figures;
  std::vector<std::size_t> members;
  for (const Samples& one : samples) {
    if (is_in_family(one)) members.push_back(judgements.size());
    Draft drafted = draft(one, family);
    judgements.push_back(std::move(drafted.judgement));
    figures.push_back(std::move(drafted.figures));
  }
  const auto worse = adjusted(judgements, members, &Judgement::p_worse);
  const auto better = adjusted(judgements, members, &Judgement::p_better);
  for (std::size_t rank = 0; rank < members.size(); ++rank) {
    const std::size_t i = members[rank];
    if (!figures[i]) continue;
    judgements[i].p_worse_adjusted = worse[rank];
    judgements[i].p_better_adjusted = better[rank];
    judgements[i] = concluded(std::move(judgements[i]), *figures[i], family);
  }
  return judgements;
}

}  // namespace sockmark
