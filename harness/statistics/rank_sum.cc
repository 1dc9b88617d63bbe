#include "harness/statistics/rank_sum.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

void require_finite(std::span<const double> sample) {
  if (sample.size() > kMostInASample) {
    throw std::invalid_argument("too many values for an exact test");
  }
  if (!std::all_of(sample.begin(), sample.end(),
                   [](double value) { return std::isfinite(value); })) {
    throw std::invalid_argument("a value is not a number");
  }
}

// Twice the ranks of both samples together, in ascending order; ties share the
// mean of theirs.
std::vector<std::size_t> twice_the_ranks(const std::vector<double>& ordered) {
  std::vector<std::size_t> ranks;
  while (ranks.size() < ordered.size()) {
    const std::size_t first = ranks.size();
    std::size_t end = first;
    while (end < ordered.size() && ordered[end] == ordered[first]) ++end;
    ranks.insert(ranks.end(), end - first, first + 1 + end);
  }
  return ranks;
}

// P(the ranks of `chosen` values drawn at random without replacement sum to s)
// for each s. In doubles, as a share of all choices: nothing overflows.
std::vector<double> null_distribution(const std::vector<std::size_t>& ranks,
                                      std::size_t chosen) {
  const std::size_t most =
      std::accumulate(ranks.begin(), ranks.end(), std::size_t{0});
  std::vector<std::vector<double>> ways(chosen + 1,
                                        std::vector<double>(most + 1, 0));
  ways[0][0] = 1;
  for (const std::size_t rank : ranks) {
    for (std::size_t k = chosen; k-- > 0;) {
      for (std::size_t s = most + 1 - rank; s-- > 0;) {
        ways[k + 1][s + rank] += ways[k][s];
      }
    }
  }
  auto& counts = ways[chosen];
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  for (double& count : counts) count /= all;
  return counts;
}

// Of a sum from `first` to `last`.
double cumulative(const std::vector<double>& probability, std::size_t first,
                  std::size_t last) {
  const auto at = [&](std::size_t sum) {
    return probability.begin() + static_cast<std::ptrdiff_t>(sum);
  };
  return std::accumulate(at(first), at(last) + 1, 0.0);
}

// Twice the sum of the base's ranks, and the probability of each such sum.
struct BaseRanks {
  std::size_t sum = 0;
  std::vector<double> probability;
};

// Nothing if a sample is empty.
std::optional<BaseRanks> base_ranks(std::span<const double> base,
                                    std::span<const double> fresh) {
  require_finite(base);
  require_finite(fresh);
  if (base.empty() || fresh.empty()) return std::nullopt;
  std::vector<double> ordered(base.begin(), base.end());
  ordered.insert(ordered.end(), fresh.begin(), fresh.end());
  std::sort(ordered.begin(), ordered.end());
  const auto ranks = twice_the_ranks(ordered);
  BaseRanks found;
  for (const double value : base) {
    const auto at = std::lower_bound(ordered.begin(), ordered.end(), value);
    found.sum += ranks[static_cast<std::size_t>(at - ordered.begin())];
  }
  found.probability = null_distribution(ranks, base.size());
  return found;
}

}  // namespace

double rank_sum_p_above(std::span<const double> base,
                        std::span<const double> fresh) {
  if (const auto found = base_ranks(base, fresh)) {
    return std::min(1.0, cumulative(found->probability, 0, found->sum));
  }
  return 1;
}

double rank_sum_p_below(std::span<const double> base,
                        std::span<const double> fresh) {
  if (const auto found = base_ranks(base, fresh)) {
    return std::min(1.0, cumulative(found->probability, found->sum,
                                    found->probability.size() - 1));
  }
  return 1;
}

double rank_sum_p(std::span<const double> base, std::span<const double> fresh) {
  return std::min(1.0, 2 * std::min(rank_sum_p_below(base, fresh),
                                    rank_sum_p_above(base, fresh)));
}

std::optional<RankSumInterval> rank_sum_interval(std::span<const double> base,
                                                 std::span<const double> fresh,
                                                 double confidence) {
  require_finite(base);
  require_finite(fresh);
  if (base.empty() || fresh.empty()) return std::nullopt;
  std::vector<double> differences;
  for (const double before : base) {
    for (const double after : fresh) differences.push_back(after - before);
  }
  std::sort(differences.begin(), differences.end());
  std::vector<std::size_t> ranks(base.size() + fresh.size());
  std::iota(ranks.begin(), ranks.end(), std::size_t{1});
  const auto probability = null_distribution(ranks, base.size());
  const std::size_t least = base.size() * (base.size() + 1) / 2;
  std::size_t from_each_end = 1;
  double tail = probability[least];
  double coverage = 1 - 2 * tail;
  while (from_each_end < differences.size() / 2) {
    tail += probability[least + from_each_end];
    if (1 - 2 * tail < confidence) break;
    coverage = 1 - 2 * tail;
    ++from_each_end;
  }
  return RankSumInterval{
      .estimate = median(differences).value(),
      .low = differences[from_each_end - 1],
      .high = differences[differences.size() - from_each_end],
      .coverage = std::max(0.0, coverage),
      .base_n = base.size(),
      .new_n = fresh.size()};
}

}  // namespace sockmark
