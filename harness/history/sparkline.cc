#include "harness/history/sparkline.h"

#include <algorithm>
#include <array>
#include <vector>

#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

constexpr std::array kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

// As many groups as there is room for, as equal as they can be.
std::vector<double> condensed(std::span<const double> values,
                              std::size_t width) {
  const std::size_t groups = std::min(width, values.size());
  std::vector<double> medians;
  for (std::size_t i = 0; i < groups; ++i) {
    const std::size_t from = i * values.size() / groups;
    const std::size_t to = (i + 1) * values.size() / groups;
    medians.push_back(*median(values.subspan(from, to - from)));
  }
  return medians;
}

}  // namespace

std::string sparkline(std::span<const double> values, std::size_t width) {
  constexpr double kLeastRange = 0.1;  // of the median
  const std::vector<double> medians = condensed(values, width);
  if (medians.empty()) return "";
  const auto [low, high] = std::minmax_element(medians.begin(), medians.end());
  const double range =
      std::max(*high - *low, kLeastRange * std::abs(*median(medians)));
  const double middle = (*low + *high) / 2;
  constexpr auto kSteps = static_cast<double>(kBlocks.size());
  std::string line;
  for (const double value : medians) {
    const double share = range > 0 ? 0.5 + (value - middle) / range : 0;
    const double step = std::clamp(share * kSteps, 0.0, kSteps - 1);
    line += kBlocks[static_cast<std::size_t>(step)];
  }
  return line;
}

}  // namespace sockmark
