#include "loadgen/stationarity.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace sockmark {
namespace {

constexpr std::size_t kBatch = 5;
constexpr std::size_t kFewestBatches = 4;

std::vector<double> batch_means(std::span<const double> values) {
  std::vector<double> means(values.size() / kBatch);
  for (std::size_t i = 0; i < means.size(); ++i) {
    const auto batch = values.subspan(i * kBatch, kBatch);
    means[i] = std::accumulate(batch.begin(), batch.end(), 0.0) / kBatch;
  }
  return means;
}

// Merges the sorted halves of `values` and counts the pairs, one of each half,
// that were in the wrong order. `scratch` is as long.
std::int64_t merge_halves(std::span<double> values, std::span<double> scratch) {
  const std::size_t half = values.size() / 2;
  std::size_t left = 0;
  std::size_t right = half;
  std::int64_t inversions = 0;
  for (double& next : scratch) {
    const bool from_right =
        left == half || (right < values.size() && values[right] < values[left]);
    if (from_right) inversions += static_cast<std::int64_t>(half - left);
    next = values[from_right ? right++ : left++];
  }
  std::ranges::copy(scratch, values.begin());
  return inversions;
}

// How many pairs are in descending order. Sorts them (Knight 1966).
std::int64_t sort_and_count_inversions(std::span<double> values,
                                       std::span<double> scratch) {
  if (values.size() < 2) return 0;
  const std::size_t half = values.size() / 2;
  return sort_and_count_inversions(values.first(half), scratch.first(half)) +
         sort_and_count_inversions(values.subspan(half),
                                   scratch.subspan(half)) +
         merge_halves(values, scratch);
}

double median(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half]
                                : (sorted[half - 1] + sorted[half]) / 2;
}

}  // namespace

std::size_t mser5_cut(std::span<const double> values) {
  const std::vector<double> means = batch_means(values);
  if (means.size() < kFewestBatches) return 0;
  // From the last to the first, with the mean and the squares' sum of what is
  // behind kept up to date (Welford 1962).
  double mean = 0;
  double squares = 0;
  double least = std::numeric_limits<double>::infinity();
  std::size_t cut = 0;
  for (std::size_t left_out = means.size(); left_out-- > 0;) {
    const auto rest = static_cast<double>(means.size() - left_out);
    const double off = means[left_out] - mean;
    mean += off / rest;
    squares += off * (means[left_out] - mean);
    const double error = squares / (rest * rest);
    if (left_out <= means.size() / 2 && error <= least) {
      least = error;
      cut = left_out;
    }
  }
  return cut * kBatch;
}

MannKendall mann_kendall(std::span<const double> values) {
  const auto pairs_of = [](double n) { return n * (n - 1) / 2; };
  const auto spread_of = [](double n) { return n * (n - 1) * (2 * n + 5); };

  std::vector<double> sorted(values.begin(), values.end());
  std::vector<double> scratch(sorted.size());
  const auto n = static_cast<double>(sorted.size());
  const auto descending =
      static_cast<double>(sort_and_count_inversions(sorted, scratch));
  double tied_pairs = 0;
  double variance = spread_of(n);
  for (auto tie = sorted.begin(); tie != sorted.end();) {
    const auto tie_end = std::upper_bound(tie, sorted.end(), *tie);
    const auto length = static_cast<double>(tie_end - tie);
    tied_pairs += pairs_of(length);
    variance -= spread_of(length);
    tie = tie_end;
  }
  variance /= 18;
  const double score = pairs_of(n) - tied_pairs - 2 * descending;
  if (sorted.size() < 3 || score == 0 || variance <= 0) return {};
  MannKendall result;
  result.z = (score > 0 ? score - 1 : score + 1) / std::sqrt(variance);
  result.p_value = std::erfc(std::abs(result.z) / std::sqrt(2.0));
  return result;
}

double half_against_half(std::span<const double> values) {
  const std::size_t half = values.size() / 2;
  if (half == 0) return 0;
  const double first = median(values.first(half));
  const double difference = median(values.last(half)) - first;
  return difference == 0 ? 0 : difference / std::abs(first);
}

}  // namespace sockmark
