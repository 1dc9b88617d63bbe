#include "harness/gate/comparison_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "harness/gate/verdict_line.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

bool has_thin_intervals(const Comparison& comparison, double& thinnest) {
  constexpr double kRounding = 1e-9;
  thinnest = 1;
  for (const Judgement& judgement : comparison.judgements) {
    if (judgement.estimate) {
      thinnest = std::min(thinnest, judgement.estimate->coverage);
    }
  }
  return thinnest < 0.95 - kRounding;
}

bool any(const Comparison& comparison,
         const std::function<bool(const Judgement&)>& is_so) {
  return std::any_of(comparison.judgements.begin(), comparison.judgements.end(),
                     is_so);
}

}  // namespace

std::vector<std::string> notes_on_samples(const Comparison& comparison) {
  if (comparison.judgements.empty()) return {};
  if (comparison.pairing == Pairing::paired) {
    return {fmt::format("Measured in turns on one machine, in pairs: {}.",
                        counted(static_cast<std::size_t>(comparison.rounds),
                                "round", "rounds"))};
  }
  return {
      "Not measured in pairs: whatever else differed between the two runs is "
      "in these figures, too."};
}

std::string note_on_identical(const Comparison& comparison) {
  if (comparison.identical.empty()) return "";
  if (comparison.identical.size() == 1) {
    return fmt::format(
        "{} is the same binary on both sides: this is an A/A run, and what "
        "differs is noise.",
        comparison.identical.front());
  }
  return fmt::format(
      "{} are the same binaries on both sides: these are A/A runs, and what "
      "differs is noise.",
      join(comparison.identical, ", "));
}

std::vector<std::string> notes_on_reading(
    const Comparison& comparison, const std::vector<std::string>& left_out) {
  if (comparison.judgements.empty()) return {};
  const auto has = [&left_out](const char* heading) {
    return std::find(left_out.begin(), left_out.end(), heading) ==
           left_out.end();
  };
  std::vector<std::string> terms;
  if (any(comparison,
          [](const Judgement& j) { return j.estimate.has_value(); })) {
    terms.push_back(fmt::format(
        "Change: Hodges and Lehmann's estimate with its exact 95 % interval "
        "({}).",
        comparison.pairing == Pairing::paired ? "signed ranks of the pairs"
                                              : "rank sums"));
  }
  if (has("margin")) terms.emplace_back("Margin: what change matters.");
  if (has("p") && any(comparison, [](const Judgement& j) {
        return j.p_worse_adjusted.has_value();
      })) {
    terms.emplace_back(
        "p: how often accident alone would do as much, adjusted after Holm "
        "for all figures.");
  }
  std::vector<std::string> notes = {
      "base and head are medians. + and - are of head against base; better or "
      "worse says what that means for the metric."};
  if (!terms.empty()) notes.push_back(join(terms, " "));
  if (double thinnest = 1; has_thin_intervals(comparison, thinnest)) {
    notes.push_back(fmt::format(
        "For want of rounds, intervals cover less than 95 %: down to {}.",
        format_percent(thinnest)));
  }
  if (any(comparison,
          [](const Judgement& j) { return j.metric.rule == Rule::exact; })) {
    notes.emplace_back(
        "A change without an interval is of an exact figure: it does not "
        "vary, so the medians are compared as they are.");
  }
  return notes;
}

std::vector<CellList> lists_of(const Comparison& comparison) {
  std::vector<CellList> lists;
  if (!comparison.missing.empty()) {
    lists.push_back({.heading = "Missing from head, where base has them",
                     .items = comparison.missing,
                     .is_bad = true});
  }
  if (!comparison.failed.empty()) {
    lists.push_back(
        {.heading = "Failed", .items = comparison.failed, .is_bad = true});
  }
  if (!comparison.fresh.empty()) {
    lists.push_back({.heading = "New in head, with nothing to compare with",
                     .items = comparison.fresh});
  }
  return lists;
}

}  // namespace sockmark
