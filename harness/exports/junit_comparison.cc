// What a comparison of two sides found, as test cases.
#include <fmt/format.h>

#include <string_view>

#include "harness/exports/junit.h"

namespace sockmark {
namespace {

using Outcome = JUnitCase::Outcome;

// Noise explains no difference in what is exact.
bool is_found_in_noise(const Comparison& comparison, const Judgement& one) {
  return comparison.too_noisy && one.metric.rule == Rule::noisy;
}

Outcome outcome_of(const Comparison& comparison, const Judgement& one) {
  if (one.finding == Finding::inconclusive) return Outcome::skipped;
  if (one.finding != Finding::regressed) return Outcome::passed;
  return is_found_in_noise(comparison, one) ? Outcome::skipped
                                            : Outcome::failure;
}

void add(JUnitCase& one, const char* name, const std::optional<double>& value) {
  if (value) one.properties.emplace_back(name, fmt::format("{}", *value));
}

std::string in_percent(double share) {
  return fmt::format("{:+.1f} %", 100 * share);
}

std::string message_of(const Comparison& comparison, const Judgement& one) {
  std::string message =
      fmt::format("{} {}", one.metric.label, to_string(one.finding));
  if (one.estimate) {
    message += fmt::format(": {} [{}, {}]", in_percent(one.estimate->ratio - 1),
                           in_percent(one.estimate->low - 1),
                           in_percent(one.estimate->high - 1));
  }
  if (!one.reason.empty()) message += ": " + one.reason;
  if (is_found_in_noise(comparison, one)) {
    message += " (the machine was too noisy to say so)";
  }
  return message;
}

JUnitCase case_of(const Comparison& comparison, const Judgement& judgement) {
  JUnitCase one;
  one.class_name = judgement.cell;
  one.name = judgement.metric.name;
  one.outcome = outcome_of(comparison, judgement);
  one.type = to_string(judgement.finding);
  one.message = message_of(comparison, judgement);
  one.output = one.message;
  one.properties.emplace_back("finding", to_string(judgement.finding));
  add(one, "base_median", judgement.base_median);
  add(one, "head_median", judgement.head_median);
  if (judgement.estimate) {
    add(one, "ratio", judgement.estimate->ratio);
    add(one, "ratio.low", judgement.estimate->low);
    add(one, "ratio.high", judgement.estimate->high);
  }
  add(one, "p_worse_adjusted", judgement.p_worse_adjusted);
  add(one, "smallest_visible", judgement.smallest_visible);
  return one;
}

JUnitCase whole_cell(const std::string& cell, const char* name, Outcome outcome,
                     std::string message) {
  JUnitCase one;
  one.class_name = cell;
  one.name = name;
  one.outcome = outcome;
  one.type = name;
  one.message = std::move(message);
  one.output = one.message;
  return one;
}

// Of "head: long/poll: crashed in round 3". What fails on the base is nothing
// that the new side did. A cell can fail on both.
JUnitCase failed_cell(const std::string& failure) {
  constexpr std::string_view kSeparator = ": ";
  const std::size_t side = failure.find(kSeparator);
  const std::size_t cell =
      side == std::string::npos ? 0 : side + kSeparator.size();
  const std::size_t end = failure.find(kSeparator, cell);
  const bool is_base = failure.starts_with("base");
  return whole_cell(failure.substr(cell, end - cell),
                    is_base ? "base failed" : "failed",
                    is_base ? Outcome::skipped : Outcome::failure, failure);
}

}  // namespace

JUnitSuite junit_suite_of(const Comparison& comparison) {
  JUnitSuite suite;
  suite.name =
      fmt::format("{} against {}", comparison.head.name, comparison.base.name);
  suite.properties = {{"base", comparison.base.description},
                      {"head", comparison.head.description}};
  for (const Judgement& one : comparison.judgements) {
    suite.cases.push_back(case_of(comparison, one));
  }
  for (const std::string& cell : comparison.missing) {
    suite.cases.push_back(whole_cell(cell, "missing", Outcome::failure,
                                     "the new side does not have it"));
  }
  for (const std::string& failure : comparison.failed) {
    suite.cases.push_back(failed_cell(failure));
  }
  for (const std::string& cell : comparison.fresh) {
    suite.cases.push_back(
        whole_cell(cell, "new", Outcome::passed, "the base does not have it"));
  }
  return suite;
}

}  // namespace sockmark
