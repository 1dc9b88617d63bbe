#include "harness/cells/percentiles.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace sockmark {
namespace {

// As the load tool wrote it; empty where it did not.
std::string stored_histogram(const LoadResult& load) {
  const auto json = nlohmann::json::parse(load.json, nullptr, false);
  const nlohmann::json::json_pointer at("/latency_ns/histogram");
  if (!json.is_object() || !json.contains(at) || !json.at(at).is_string()) {
    return "";
  }
  return json.at(at).get<std::string>();
}

}  // namespace

std::optional<CellHistogram> histogram_of(const Cell& cell) {
  CellHistogram all;
  for (const TrialRecord& trial : cell.trials) {
    if (!is_usable(trial)) continue;
    const std::string text = stored_histogram(*trial.load);
    if (text.empty()) continue;
    try {
      for (const auto& [value, count] : decode_histogram(text)) {
        all.counts[value] += count;
        all.values += count;
      }
      ++all.trials;
    } catch (const std::runtime_error&) {
      continue;
    }
  }
  if (all.values == 0) return std::nullopt;
  return all;
}

std::vector<Quantile> quantiles_of(const CellHistogram& histogram) {
  constexpr double kValuesBeyond = 20;
  constexpr double kPerDecade = 12;
  const auto values = static_cast<double>(histogram.values);
  std::vector<Quantile> quantiles;
  auto at = histogram.counts.begin();
  double seen = 0;
  for (int step = 0;; ++step) {
    const double beyond = std::pow(10, step / kPerDecade);
    if (step > 0 && values / beyond < kValuesBeyond) break;
    const double wanted = std::max(1.0, std::ceil(values * (1 - 1 / beyond)));
    while (seen + static_cast<double>(at->second) < wanted) {
      seen += static_cast<double>(at->second);
      ++at;
    }
    quantiles.push_back({beyond, static_cast<double>(at->first)});
  }
  return quantiles;
}

}  // namespace sockmark
