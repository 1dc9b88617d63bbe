#include "harness/ab/selfcheck.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/ab/two_looks.h"
#include "harness/stats.h"

namespace sockmark {
namespace {

constexpr const char* kCpu = "cpu_ns_per_request";
constexpr std::size_t kFewestPairs = 10;

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

// All pairs of each noisy metric, gate after gate.
std::vector<Samples> pooled(const std::vector<TimedComparison>& all) {
  std::vector<Samples> pools;
  std::map<std::string, std::size_t> places;
  for (const auto& [comparison, took] : all) {
    for (const Judgement& one : comparison.judgements) {
      if (one.metric.rule != Rule::noisy) continue;
      const auto [place, is_new] =
          places.emplace(one.metric.name, pools.size());
      if (is_new) {
        pools.push_back(
            {.cell = one.cell, .metric = one.metric, .base = {}, .head = {}});
      }
      Samples& pool = pools[place->second];
      pool.base.insert(pool.base.end(), one.base.begin(), one.base.end());
      pool.head.insert(pool.head.end(), one.head.begin(), one.head.end());
    }
  }
  return pools;
}

std::optional<double> spread_of(const Samples& pairs) {
  constexpr double kOfANormal = 1.4826;  // its standard deviation over its MAD
  std::vector<double> logs;
  for (std::size_t i = 0; i < pairs.base.size(); ++i) {
    if (!(pairs.base[i] > 0) || !(pairs.head[i] > 0)) return std::nullopt;
    logs.push_back(std::log(pairs.head[i] / pairs.base[i]));
  }
  const auto centre = median(logs);
  if (!centre) return std::nullopt;
  for (double& log : logs) log = std::abs(log - *centre);
  return kOfANormal * *median(logs);
}

std::vector<double> part_of(const std::vector<double>& values, std::size_t from,
                            std::size_t count) {
  const auto begin = values.begin() + static_cast<long>(from);
  return {begin, begin + static_cast<long>(count)};
}

// A gate of the `index`-th so many pairs of each metric that has as many.
std::vector<Samples> chunk(const std::vector<Samples>& pools, std::size_t index,
                           std::size_t size) {
  std::vector<Samples> family;
  for (const Samples& pool : pools) {
    if (pool.base.size() < (index + 1) * size) continue;
    family.push_back({.cell = pool.cell,
                      .metric = pool.metric,
                      .base = part_of(pool.base, index * size, size),
                      .head = part_of(pool.head, index * size, size)});
  }
  return family;
}

std::size_t most_pairs(const std::vector<Samples>& pools) {
  std::size_t most = 0;
  for (const Samples& pool : pools) most = std::max(most, pool.base.size());
  return most;
}

void add_visible(const std::vector<Samples>& pools, std::size_t size,
                 std::vector<MetricNoise>& metrics) {
  std::map<std::string, std::vector<double>> seen;
  for (std::size_t i = 0; (i + 1) * size <= most_pairs(pools); ++i) {
    for (const Judgement& one :
         judge(chunk(pools, i, size), TwoLooks::kRules)) {
      if (one.smallest_visible) {
        seen[one.metric.name].push_back(*one.smallest_visible);
      }
    }
  }
  for (MetricNoise& metric : metrics) {
    if (metric.pairs < size) continue;
    metric.visible.push_back(
        {.pairs = size, .worsening = median(seen[metric.metric.name])});
  }
}

std::vector<MetricNoise> noise_in(const std::vector<Samples>& pools) {
  std::vector<MetricNoise> metrics;
  for (const Samples& pool : pools) {
    metrics.push_back({.metric = pool.metric,
                       .pairs = pool.base.size(),
                       .spread = spread_of(pool),
                       .visible = {}});
  }
  for (std::size_t size = kFewestPairs; size <= most_pairs(pools); size *= 2) {
    add_visible(pools, size, metrics);
  }
  return metrics;
}

std::vector<double> cpu_of(const std::vector<TimedComparison>& all,
                           std::vector<double> Judgement::*side) {
  std::vector<double> values;
  for (const auto& [comparison, took] : all) {
    for (const Judgement& one : comparison.judgements) {
      if (one.metric.name != kCpu) continue;
      values.insert(values.end(), (one.*side).begin(), (one.*side).end());
    }
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
  check.metrics = noise_in(pooled(alike));
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

std::chrono::nanoseconds corrected_spin(double cpu_ns, double share,
                                        std::chrono::nanoseconds tried,
                                        double added) {
  const double wanted = share * cpu_ns;
  const double overhead = added * cpu_ns - static_cast<double>(tried.count());
  return std::chrono::nanoseconds(std::max(1L, std::lround(wanted - overhead)));
}

}  // namespace sockmark
