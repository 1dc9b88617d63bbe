#include "harness/statistics/mann_kendall.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>

namespace sockmark {
namespace {

double rising_pairs(std::span<const double> values) {
  std::int64_t rising = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t k = i + 1; k < values.size(); ++k) {
      rising += (values[k] > values[i]) - (values[k] < values[i]);
    }
  }
  return static_cast<double>(rising);
}

double variance_of(std::span<const double> values) {
  const auto term = [](double n) { return n * (n - 1) * (2 * n + 5); };
  std::map<double, double> ties;
  for (const double value : values) ++ties[value];
  double sum = term(static_cast<double>(values.size()));
  for (const auto& [value, count] : ties) sum -= term(count);
  return sum / 18;
}

}  // namespace

double MannKendall::z() const {
  if (!(variance > 0) || score == 0) return 0;
  return (score - std::copysign(1, score)) / std::sqrt(variance);
}

MannKendall& MannKendall::operator+=(const MannKendall& other) {
  score += other.score;
  variance += other.variance;
  return *this;
}

MannKendall mann_kendall(std::span<const double> values) {
  return {.score = rising_pairs(values), .variance = variance_of(values)};
}

}  // namespace sockmark
