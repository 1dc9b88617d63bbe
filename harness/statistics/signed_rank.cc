#include "harness/statistics/signed_rank.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace sockmark {
namespace {

void require_finite(std::span<const double> values) {
  if (values.size() > kMostPairs) {
    throw std::invalid_argument("too many pairs for an exact test");
  }
  if (!std::all_of(values.begin(), values.end(),
                   [](double value) { return std::isfinite(value); })) {
    throw std::invalid_argument("a difference is not a number");
  }
}

// What the ranks are of, and twice the ranks: ties share the mean of theirs,
// which may be half a rank.
struct Ranked {
  std::vector<double> shifted;  // by absolute value
  std::vector<std::size_t> twice_the_rank;
};

Ranked rank(std::span<const double> differences, double centre) {
  Ranked ranked;
  for (const double difference : differences) {
    if (difference != centre) ranked.shifted.push_back(difference - centre);
  }
  auto& values = ranked.shifted;
  std::sort(values.begin(), values.end(),
            [](double a, double b) { return std::abs(a) < std::abs(b); });
  for (std::size_t first = 0; first < values.size();) {
    std::size_t end = first;
    while (end < values.size() &&
           std::abs(values[end]) == std::abs(values[first])) {
      ++end;
    }
    // The mean of the ranks first + 1 ... end, doubled.
    ranked.twice_the_rank.insert(ranked.twice_the_rank.end(), end - first,
                                 first + 1 + end);
    first = end;
  }
  return ranked;
}

// P(the sum of a random half of the ranks = s) for each s up to `most`: every
// rank is in with probability one half. What is above most adds to nothing
// below it, and is left out.
std::vector<double> null_distribution(const std::vector<std::size_t>& ranks,
                                      std::size_t most) {
  std::vector<double> probability(most + 1, 0);
  probability[0] = 1;
  std::size_t reached = 0;
  for (const std::size_t rank : ranks) {
    reached = std::min(reached + rank, most);
    for (std::size_t s = reached + 1; s-- > 0;) {
      const double with = s >= rank ? probability[s - rank] : 0;
      probability[s] = (probability[s] + with) / 2;
    }
  }
  return probability;
}

double p_of(const Ranked& ranked, bool below) {
  if (ranked.shifted.empty()) return 1;
  std::size_t sum = 0;  // of the ranks on the side that should be rare
  for (std::size_t i = 0; i < ranked.shifted.size(); ++i) {
    if ((ranked.shifted[i] > 0) == below) sum += ranked.twice_the_rank[i];
  }
  const auto probability = null_distribution(ranked.twice_the_rank, sum);
  return std::min(1.0,
                  std::accumulate(probability.begin(), probability.end(), 0.0));
}

// Of each two differences, and of each with itself (Walsh), in order.
std::vector<double> walsh_averages(std::span<const double> differences) {
  std::vector<double> averages;
  averages.reserve(differences.size() * (differences.size() + 1) / 2);
  for (std::size_t i = 0; i < differences.size(); ++i) {
    for (std::size_t j = i; j < differences.size(); ++j) {
      averages.push_back(std::midpoint(differences[i], differences[j]));
    }
  }
  std::sort(averages.begin(), averages.end());
  return averages;
}

// Of so many differences, none of which equal each other, up to the middle.
std::vector<double> lower_half(std::size_t n) {
  std::vector<std::size_t> ranks(n);
  std::iota(ranks.begin(), ranks.end(), std::size_t{1});
  return null_distribution(ranks, n * (n + 1) / 4);
}

// The k-th average from either end bounds the centre unless the sum of ranks is
// below k, on one side or the other.
SignedRankInterval interval_in(const std::vector<double>& averages,
                               const std::vector<double>& probability,
                               double confidence) {
  std::size_t from_each_end = 1;
  double tail = probability[0];
  double coverage = 1 - 2 * tail;
  while (from_each_end < probability.size()) {
    tail += probability[from_each_end];
    if (1 - 2 * tail < confidence) break;
    coverage = 1 - 2 * tail;
    ++from_each_end;
  }
  const std::size_t half = averages.size() / 2;
  return {.estimate = averages.size() % 2 == 1
                          ? averages[half]
                          : std::midpoint(averages[half - 1], averages[half]),
          .low = averages[from_each_end - 1],
          .high = averages[averages.size() - from_each_end],
          .coverage = coverage};
}

}  // namespace

std::vector<SignedRankInterval> signed_rank_intervals(
    std::span<const double> differences, std::span<const double> confidences) {
  require_finite(differences);
  std::vector<SignedRankInterval> intervals;
  if (differences.empty()) return intervals;
  const auto probability = lower_half(differences.size());
  const auto averages = walsh_averages(differences);
  for (const double confidence : confidences) {
    intervals.push_back(interval_in(averages, probability, confidence));
    intervals.back().n = differences.size();
  }
  return intervals;
}

std::optional<SignedRankInterval> signed_rank_interval(
    std::span<const double> differences, double confidence) {
  const auto intervals =
      signed_rank_intervals(differences, std::span(&confidence, 1));
  if (intervals.empty()) return std::nullopt;
  return intervals.front();
}

double signed_rank_p_below(std::span<const double> differences, double centre) {
  require_finite(differences);
  return p_of(rank(differences, centre), true);
}

double signed_rank_p_above(std::span<const double> differences, double centre) {
  require_finite(differences);
  return p_of(rank(differences, centre), false);
}

}  // namespace sockmark
