#include "harness/ab/selfcheck.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

constexpr const char* kCpu = "cpu_ns_per_request";

GateCount count(const std::vector<TimedComparison>& all) {
  GateCount result;
  for (const auto& [comparison, took] : all) {
    const auto finding = overall(comparison);
    ++result.gates;
    for (const std::string& failure : comparison.failed) {
      const auto& told = result.failed;
      if (std::find(told.begin(), told.end(), failure) != told.end()) continue;
      result.failed.push_back(failure);
    }
    if (comparison.too_noisy) ++result.too_noisy;
    if (finding == Finding::inconclusive) ++result.inconclusive;
    if (finding != Finding::regressed) continue;
    ++result.regressed;
    for (const Judgement& judgement : comparison.judgements) {
      if (judgement.finding != Finding::regressed) continue;
      result.regressions.push_back(judgement.metric.name);
    }
  }
  return result;
}

std::vector<Judgement> judgements_of(const std::vector<TimedComparison>& all) {
  std::vector<Judgement> judgements;
  for (const auto& [comparison, took] : all) {
    judgements.insert(judgements.end(), comparison.judgements.begin(),
                      comparison.judgements.end());
  }
  return judgements;
}

std::vector<double> cpu_of(const std::vector<TimedComparison>& all,
                           std::vector<double> Judgement::*side) {
  std::vector<double> values;
  for (const Judgement& one : judgements_of(all)) {
    if (one.metric.name != kCpu) continue;
    values.insert(values.end(), (one.*side).begin(), (one.*side).end());
  }
  return values;
}

bool is_seen(const TimedComparison& one) {
  const auto& judgements = one.comparison.judgements;
  if (one.comparison.too_noisy) return false;  // a gate would not tell of it
  return std::any_of(judgements.begin(), judgements.end(),
                     [](const Judgement& judgement) {
                       return judgement.metric.name == kCpu &&
                              judgement.finding == Finding::regressed;
                     });
}

std::optional<std::chrono::nanoseconds> time_per_pair(
    const std::vector<TimedComparison>& all) {
  std::chrono::nanoseconds took(0);
  long pairs = 0;
  for (const TimedComparison& one : all) {
    took += one.took;
    pairs += one.comparison.rounds;
  }
  if (pairs == 0) return std::nullopt;
  return took / pairs;
}

}  // namespace

Selfcheck examined(const std::vector<TimedComparison>& alike,
                   const std::vector<TimedComparison>& slowed) {
  Selfcheck check;
  check.per_pair = time_per_pair(alike);
  check.alike = count(alike);
  check.metrics = noise_in(judgements_of(alike));
  check.slowed = count(slowed);
  check.measured_slowdown = added_share(slowed);
  check.seen = static_cast<std::size_t>(
      std::count_if(slowed.begin(), slowed.end(), is_seen));
  return check;
}

bool has_failed(const Selfcheck& check) {
  return !check.alike.failed.empty() || !check.slowed.failed.empty();
}

bool can_be_trusted(const Selfcheck& check) {
  return !has_failed(check) && check.alike.regressed == 0 &&
         check.slowed.gates > 0 && 5 * check.seen >= 4 * check.slowed.gates;
}

std::optional<double> base_cpu_ns(const std::vector<TimedComparison>& all) {
  return median(cpu_of(all, &Judgement::base));
}

std::optional<double> added_share(const std::vector<TimedComparison>& all) {
  const auto ratio = paired_ratio(cpu_of(all, &Judgement::head),
                                  cpu_of(all, &Judgement::base));
  return ratio ? std::optional(ratio->median - 1) : std::nullopt;
}

std::chrono::nanoseconds spin_for(double share, SpinTry one, SpinTry other) {
  if (other.spin < one.spin) std::swap(one, other);
  const auto low = static_cast<double>(one.spin.count());
  const auto high = static_cast<double>(other.spin.count());
  double spin = high;
  // Tries that noise has turned around say only that it should be more.
  if (other.added > one.added) {
    spin = low + (high - low) * (share - one.added) / (other.added - one.added);
  } else if (other.added > 0) {
    spin = high * share / other.added;
  }
  return std::chrono::nanoseconds(
      std::lround(std::clamp(spin, 1.0, std::max(1.0, 2 * high))));
}

}  // namespace sockmark
