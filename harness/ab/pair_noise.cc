#include "harness/ab/pair_noise.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/ab/two_looks.h"
#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

constexpr std::size_t kFewestPairs = 10;

// All pairs of each noisy metric, gate after gate.
std::vector<Samples> pooled(const std::vector<Judgement>& judgements) {
  std::vector<Samples> pools;
  std::map<std::string, std::size_t> places;
  for (const Judgement& one : judgements) {
    if (one.metric.rule != Rule::noisy) continue;
    const auto [place, is_new] = places.emplace(one.metric.name, pools.size());
    if (is_new) {
      pools.push_back(
          {.cell = one.cell, .metric = one.metric, .base = {}, .head = {}});
    }
    Samples& pool = pools[place->second];
    pool.base.insert(pool.base.end(), one.base.begin(), one.base.end());
    pool.head.insert(pool.head.end(), one.head.begin(), one.head.end());
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

}  // namespace

std::vector<MetricNoise> noise_in(const std::vector<Judgement>& judgements) {
  const auto pools = pooled(judgements);
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

}  // namespace sockmark
