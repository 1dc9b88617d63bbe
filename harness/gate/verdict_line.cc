#include "harness/gate/verdict_line.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/gate/finding_words.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

// Whether more of it, or less, is a matter of speed.
bool is_of_speed(const Metric& metric) {
  return metric.unit == "ns" || metric.unit.ends_with("/s");
}

// "slower" if all that regressed is of speed; else the word that is always
// right.
std::string_view comparative(const std::vector<Judgement>& judgements) {
  const bool is_speed = std::all_of(
      judgements.begin(), judgements.end(), [](const Judgement& judgement) {
        return judgement.finding != Finding::regressed ||
               is_of_speed(judgement.metric);
      });
  return is_speed ? "slower" : "worse";
}

std::string losses(const Comparison& comparison) {
  std::vector<std::string> parts;
  if (!comparison.missing.empty()) {
    parts.push_back(counted(comparison.missing.size(), "cell is missing",
                            "cells are missing"));
  }
  if (!comparison.failed.empty()) {
    parts.push_back(counted(comparison.failed.size(), "failure", "failures"));
  }
  return join(parts, ", ");
}

std::string of_regressed(const Comparison& comparison,
                         const FindingCounts& counts) {
  const std::string lost = losses(comparison);
  if (counts.regressed == 0) {
    return fmt::format("head fails: {}; no figure regressed", lost);
  }
  return fmt::format("head is {}: {} of {} figures regressed{}{}",
                     comparative(comparison.judgements), counts.regressed,
                     counts.total(), lost.empty() ? "" : ", ", lost);
}

std::string of_inconclusive(const Comparison& comparison,
                            const FindingCounts& counts) {
  const std::string lost = losses(comparison);
  const std::string after = lost.empty() ? "" : ", " + lost;
  if (counts.inconclusive == counts.total()) {
    return fmt::format("inconclusive: {} could be judged{}",
                       counts.total() > 1
                           ? fmt::format("none of {} figures", counts.total())
                           : "no figure",
                       after);
  }
  return fmt::format("no regression seen: {}{}", said(counts), after);
}

std::string of_too_noisy(const FindingCounts& counts) {
  std::string verdict = "no verdict: the machine was too noisy";
  if (counts.regressed == 0) return verdict;
  return fmt::format("{} ({} of {} figures would have regressed)", verdict,
                     counts.regressed, counts.total());
}

}  // namespace

FindingCounts count_findings(const std::vector<Judgement>& judgements) {
  FindingCounts counts;
  for (const Judgement& judgement : judgements) {
    switch (judgement.finding) {
      case Finding::regressed:
        ++counts.regressed;
        break;
      case Finding::inconclusive:
        ++counts.inconclusive;
        break;
      case Finding::improved:
        ++counts.improved;
        break;
      case Finding::same:
        ++counts.same;
        break;
      case Finding::not_worse:
        ++counts.not_worse;
        break;
    }
  }
  return counts;
}

std::string said(const FindingCounts& counts) {
  std::vector<std::string> parts;
  const auto add = [&parts](std::size_t n, Finding finding) {
    if (n > 0) parts.push_back(fmt::format("{} {}", n, word_of(finding)));
  };
  add(counts.regressed, Finding::regressed);
  add(counts.improved, Finding::improved);
  add(counts.same, Finding::same);
  add(counts.not_worse, Finding::not_worse);
  add(counts.inconclusive, Finding::inconclusive);
  return join(parts, ", ");
}

std::string verdict_line(const Comparison& comparison) {
  const FindingCounts counts = count_findings(comparison.judgements);
  const auto finding = overall(comparison);
  if (finding == Finding::regressed) return of_regressed(comparison, counts);
  if (comparison.too_noisy) return of_too_noisy(counts);
  if (!finding) return "nothing to compare: no cell has figures of both sides";
  if (*finding == Finding::inconclusive) {
    return of_inconclusive(comparison, counts);
  }
  return "no regression: " + said(counts);
}

Finding verdict_finding(const Comparison& comparison) {
  const auto finding = overall(comparison);
  if (finding == Finding::regressed) return Finding::regressed;
  if (comparison.too_noisy || !finding) return Finding::inconclusive;
  return *finding;
}

std::string counted(std::size_t n, const std::string& one,
                    const std::string& many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

}  // namespace sockmark
