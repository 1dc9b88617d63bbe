#include "harness/gate/conclusion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "harness/gate/attainable.h"
#include "harness/gate/smallest_visible.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

// Of what says that two sides are the same; too few values do not have it.
constexpr double kConfidenceOfSame = 0.90;

std::string too_few(const Judgement& judgement, const Family& family) {
  const std::size_t fewest = fewest_pairs(family.size, family.rules);
  if (family.rules.pairing == Pairing::paired) {
    return fmt::format("needs more rounds: {} at least, has {}", fewest,
                       judgement.base.size());
  }
  return fmt::format(
      "needs more values: {} at least of each side, has {} and {}", fewest,
      judgement.base.size(), judgement.head.size());
}

// "8.1 % worse", "0.2 better"
std::string in_words(double worse, bool is_share) {
  return fmt::format("{}{} {}",
                     format_digits(std::abs(worse) * (is_share ? 100 : 1), 2),
                     is_share ? " %" : "", worse < 0 ? "better" : "worse");
}

std::string why_open(const Judgement& judgement, const NoisyFigures& figures) {
  const auto worse = [&](double shift) {
    return worsening(shift, figures, judgement.metric.better);
  };
  const double low = worse(figures.narrow.low);
  const double high = worse(figures.narrow.high);
  const double matters = std::abs(judgement.metric.better == Better::lower
                                      ? worse(figures.harmless_high)
                                      : worse(figures.harmless_low));
  return fmt::format("from {} to {} (90 % interval), where {}{} matters",
                     in_words(std::min(low, high), figures.are_ratios),
                     in_words(std::max(low, high), figures.are_ratios),
                     format_digits(matters * (figures.are_ratios ? 100 : 1), 3),
                     figures.are_ratios ? " %" : "");
}

}  // namespace

Judgement concluded(Judgement judgement, const NoisyFigures& figures,
                    const Family& family) {
  const bool is_cost = judgement.metric.better == Better::lower;
  const double estimate = figures.wide.estimate;
  const bool is_above = estimate > figures.harmless_high;
  const bool is_below = estimate < figures.harmless_low;
  const bool holds = figures.narrow.coverage >= kConfidenceOfSame;
  const bool not_above = holds && figures.narrow.high <= figures.harmless_high;
  const bool not_below = holds && figures.narrow.low >= figures.harmless_low;
  const auto significant = [&](const std::optional<double>& p) {
    return p && *p < family.alpha();
  };
  if (significant(judgement.p_worse_adjusted) &&
      (is_cost ? is_above : is_below)) {
    judgement.finding = Finding::regressed;
  } else if (significant(judgement.p_better_adjusted) &&
             (is_cost ? is_below : is_above)) {
    judgement.finding = Finding::improved;
  } else if (not_above && not_below) {
    judgement.finding = Finding::same;
  } else if (is_cost ? not_above : not_below) {
    judgement.finding = Finding::not_worse;
  } else {
    judgement.reason =
        is_attainable(judgement.base.size(), judgement.head.size(), family.size,
                      family.rules)
            ? why_open(judgement, figures)
            : too_few(judgement, family);
  }
  judgement.smallest_visible =
      smallest_visible(figures, judgement.metric.better);
  return judgement;
}

}  // namespace sockmark
