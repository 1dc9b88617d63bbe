// A comparison line by line.
#include "harness/gate/comparison_table.h"

#include <fmt/format.h>

#include "harness/text.h"

namespace sockmark {
namespace {

std::string change_of(const Judgement& judgement) {
  if (!judgement.estimate) return judgement.reason;
  const RatioEstimate& estimate = *judgement.estimate;
  return fmt::format("x{:.3f} [{:.3f}, {:.3f}] {}", estimate.ratio,
                     estimate.low, estimate.high, judgement.reason);
}

std::vector<std::string> lines_of(const Comparison& comparison) {
  const auto verdict = overall(comparison);
  std::vector<std::string> lines = {fmt::format(
      "{}: base {} ({}), head {} ({}), {} rounds",
      verdict ? to_string(*verdict) : "nothing to compare",
      comparison.base.name, comparison.base.description, comparison.head.name,
      comparison.head.description, comparison.rounds)};
  for (const Judgement& judgement : comparison.judgements) {
    lines.push_back(
        fmt::format("{} {}: {} {}", judgement.cell, judgement.metric.label,
                    to_string(judgement.finding), change_of(judgement)));
  }
  const auto add = [&lines](const char* what,
                            const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      lines.push_back(fmt::format("{}{}", what, name));
    }
  };
  add("missing: ", comparison.missing);
  add("new: ", comparison.fresh);
  add("failed: ", comparison.failed);
  add("the same binary on both sides: ", comparison.identical);
  add("", comparison.notes);
  return lines;
}

}  // namespace

std::string terminal_table(const Comparison& comparison,
                           const TerminalStyle& style) {
  std::string text;
  for (const std::string& line : lines_of(comparison)) {
    for (const std::string& part : wrap(line, style.width)) text += part + "\n";
  }
  return text;
}

std::string markdown(const Comparison& comparison, std::size_t most_bytes) {
  std::string text;
  for (const std::string& line : lines_of(comparison))
    text += "- " + line + "\n";
  return text.substr(0, most_bytes);
}

}  // namespace sockmark
