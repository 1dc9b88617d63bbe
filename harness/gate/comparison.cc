#include "harness/gate/comparison.h"

#include <algorithm>

#include "harness/process/exit_statuses.h"

namespace sockmark {
namespace {

constexpr std::string_view kOfBase = "base: ";
constexpr std::string_view kOfHead = "head: ";

std::string_view without(std::string_view prefix, std::string_view text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

// "long/poll" of "head: long/poll: crashed in round 3".
std::string_view cell_of(std::string_view failure) {
  const std::string_view rest = without(kOfHead, without(kOfBase, failure));
  return rest.substr(0, rest.find(": "));
}

bool failed_on_base(const Comparison& comparison, std::string_view cell) {
  return std::any_of(comparison.failed.begin(), comparison.failed.end(),
                     [cell](const std::string& failure) {
                       return failure.starts_with(kOfBase) &&
                              cell_of(failure) == cell;
                     });
}

bool failed_on_head_alone(const Comparison& comparison) {
  return std::any_of(comparison.failed.begin(), comparison.failed.end(),
                     [&comparison](const std::string& failure) {
                       return failure.starts_with(kOfHead) &&
                              !failed_on_base(comparison, cell_of(failure));
                     });
}

bool is_compared(const Judgement& judgement) {
  return !judgement.base.empty() && !judgement.head.empty();
}

bool has_anything(const Comparison& comparison) {
  return !comparison.failed.empty() ||
         std::any_of(comparison.judgements.begin(), comparison.judgements.end(),
                     is_compared);
}

bool has(const Comparison& comparison, Finding finding) {
  return std::any_of(
      comparison.judgements.begin(), comparison.judgements.end(),
      [finding](const Judgement& one) { return one.finding == finding; });
}

bool is_worse_for_sure(const Comparison& comparison) {
  return !comparison.missing.empty() || failed_on_head_alone(comparison) ||
         std::any_of(comparison.judgements.begin(), comparison.judgements.end(),
                     [](const Judgement& one) {
                       return one.finding == Finding::regressed &&
                              one.metric.rule == Rule::exact;
                     });
}

bool is_worse(const Comparison& comparison) {
  return is_worse_for_sure(comparison) ||
         (!comparison.too_noisy && has(comparison, Finding::regressed));
}

}  // namespace

std::string_view to_string(Finding finding) {
  switch (finding) {
    case Finding::regressed:
      return "regressed";
    case Finding::inconclusive:
      return "inconclusive";
    case Finding::improved:
      return "improved";
    case Finding::same:
      return "same";
    case Finding::not_worse:
      return "not_worse";
  }
  return "inconclusive";
}

std::optional<Finding> overall(const Comparison& comparison) {
  if (!has_anything(comparison)) return std::nullopt;
  if (is_worse(comparison)) return Finding::regressed;
  const bool is_open = comparison.too_noisy || !comparison.failed.empty() ||
                       has(comparison, Finding::inconclusive);
  if (is_open) return Finding::inconclusive;
  for (const Finding finding : {Finding::improved, Finding::not_worse}) {
    if (has(comparison, finding)) return finding;
  }
  return Finding::same;
}

int exit_status_of(const Comparison& comparison, bool strict) {
  if (!has_anything(comparison)) {
    return comparison.too_noisy ? kExitTooNoisy : kExitNothingComparable;
  }
  if (is_worse(comparison)) return kExitRegression;
  if (!comparison.failed.empty()) return kExitServerFailed;
  if (comparison.too_noisy) return kExitTooNoisy;
  const bool is_open = has(comparison, Finding::inconclusive);
  return strict && is_open ? kExitInconclusive : kExitOk;
}

}  // namespace sockmark
