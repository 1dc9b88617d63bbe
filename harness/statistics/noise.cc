#include "harness/statistics/noise.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace sockmark {
namespace {

// Of a normal distribution: 1 / (its quantile at 3/4).
constexpr double kDeviationPerMad = 1.4826;

// See the rule of thumb in the header.
constexpr double kSpreadsToTellApart = 7;

bool all_positive(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return value > 0; });
}

}  // namespace

std::optional<double> median_deviation(std::span<const double> values,
                                       double centre) {
  std::vector<double> deviations;
  for (const double value : values) {
    deviations.push_back(std::abs(value - centre));
  }
  return median(deviations);
}

std::optional<double> robust_spread(std::span<const double> values) {
  const auto centre = median(values);
  if (values.size() < 2 || !(*centre > 0)) return std::nullopt;
  return kDeviationPerMad * *median_deviation(values, *centre) / *centre;
}

std::optional<Noise> noise_of(std::span<const double> a,
                              std::span<const double> b) {
  if (a.size() < 2 || a.size() != b.size()) return std::nullopt;
  if (!all_positive(a) || !all_positive(b)) return std::nullopt;
  std::vector<double> all(a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  std::vector<double> differences;
  for (std::size_t i = 0; i < a.size(); ++i) {
    differences.push_back(std::log(a[i] / b[i]));
  }
  Noise noise;
  noise.spread = *robust_spread(all);
  // A difference has the variance of both of its values. Round its own centre,
  // as any deviation: the ratio says where that is.
  noise.paired_spread = kDeviationPerMad *
                        *median_deviation(differences, *median(differences)) /
                        std::sqrt(2.0);
  noise.ratio = *paired_ratio(a, b);
  noise.smallest_difference = kSpreadsToTellApart * noise.paired_spread /
                              std::sqrt(double{kNoiseRounds});
  return noise;
}

}  // namespace sockmark
