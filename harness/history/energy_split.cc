#include "harness/history/energy_split.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <random>
#include <utility>

#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

constexpr double kSteps = 1000;  // in a deviation
constexpr double kFarthest = 3;  // deviations

using Window = std::span<const std::int32_t>;

// How far each value is from all before it in the window, and from all after.
// Of levels up to 3,000 and a window of 50, no sum leaves 32 bits.
struct Distances {
  std::vector<std::int32_t> before, after;
};

Distances distances_in(Window window) {
  const std::size_t size = window.size();
  Distances distances{.before = std::vector<std::int32_t>(size),
                      .after = std::vector<std::int32_t>(size)};
  for (std::size_t i = 0; i < size; ++i) {
    const std::int32_t own = window[i];
    std::int32_t sum = 0;
    for (std::size_t k = i + 1; k < size; ++k) {
      const std::int32_t distance = std::abs(window[k] - own);
      distances.before[k] += distance;
      sum += distance;
    }
    distances.after[i] = sum;
  }
  return distances;
}

// Of n values before the split and m after it, n m / (n + m) times the energy
// distance 2 across / (n m) - 2 before / (n (n - 1)) - 2 after / (m (m - 1)),
// where the sums are over all pairs; half of that.
Energy energy_of(std::int64_t across, std::int64_t before, std::int64_t after,
                 std::int64_t n, std::int64_t m) {
  return {.numerator = across * (n - 1) * (m - 1) - before * m * (m - 1) -
                       after * n * (n - 1),
          .denominator = (n - 1) * (m - 1) * (n + m)};
}

std::optional<EnergySplit> best_in(Window window, std::size_t least) {
  if (window.size() < 2 * least) return std::nullopt;
  const Distances distances = distances_in(window);
  const std::int64_t all = std::accumulate(
      distances.before.begin(), distances.before.end(), std::int64_t{0});
  std::int64_t before = 0;  // over the pairs there
  std::int64_t after = all;
  std::optional<EnergySplit> best;
  for (std::size_t i = 0; i + least < window.size(); ++i) {
    before += distances.before[i];
    after -= distances.after[i];
    const std::size_t n = i + 1;
    if (n < least) continue;
    const Energy energy = energy_of(
        all - before - after, before, after, static_cast<std::int64_t>(n),
        static_cast<std::int64_t>(window.size() - n));
    if (!best || best->energy < energy) best = {.index = n, .energy = energy};
  }
  return best;
}

// Where more than half of the values are the same, by the mean distance.
double deviation_from(double centre, std::span<const double> values) {
  constexpr double kOfMedian = 1.4826, kOfMean = 1.2533;  // if they are normal
  std::vector<double> distances;
  for (const double value : values) {
    distances.push_back(std::abs(value - centre));
  }
  const double middle = *median(distances);
  if (middle > 0) return kOfMedian * middle;
  return kOfMean * std::accumulate(distances.begin(), distances.end(), 0.0) /
         static_cast<double>(distances.size());
}

}  // namespace

Levels levels_of(std::span<const double> values) {
  if (values.empty()) return {};
  const double centre = *median(values);
  const double scale = deviation_from(centre, values);
  Levels levels;
  for (const double value : values) {
    const double level = scale > 0 ? (value - centre) / scale : 0;
    levels.push_back(static_cast<std::int32_t>(
        std::lround(kSteps * std::clamp(level, -kFarthest, kFarthest))));
  }
  return levels;
}

std::optional<EnergySplit> best_split(std::span<const std::int32_t> levels,
                                      const SplitRules& rules) {
  std::optional<EnergySplit> best;
  const auto consider = [&](std::size_t wanted, std::size_t parts) {
    const std::size_t length = std::min(wanted, levels.size());
    const std::size_t last = levels.size() - length;
    for (std::size_t start = 0;;
         start = std::min(start + length / parts, last)) {
      const auto split =
          best_in(levels.subspan(start, length), rules.least_segment);
      if (split && (!best || best->energy < split->energy)) {
        best = {.index = start + split->index, .energy = split->energy};
      }
      if (start == last) return;
    }
  };
  consider(rules.window, 2);
  if (levels.size() > rules.short_window) consider(rules.short_window, 4);
  return best;
}

bool chance_does_as_well(std::span<const std::int32_t> levels,
                         const SplitRules& rules, const Energy& energy,
                         int permutations, std::uint64_t seed) {
  Levels shuffled(levels.begin(), levels.end());
  std::mt19937_64 random(seed);  // the same everywhere, by the standard
  for (int i = 0; i < permutations; ++i) {
    // Fisher and Yates; std::shuffle differs between standard libraries.
    for (std::size_t k = shuffled.size(); k > 1; --k) {
      std::swap(shuffled[k - 1], shuffled[random() % k]);
    }
    const auto split = best_split(shuffled, rules);
    if (split && !(split->energy < energy)) return true;
  }
  return false;
}

}  // namespace sockmark
