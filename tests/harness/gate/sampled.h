// Samples that nobody measured.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "harness/gate/comparison.h"

namespace sockmark {

inline Metric metric_named(const std::string& name) {
  const auto& all = trial_metrics();
  return *std::find_if(all.begin(), all.end(), [&name](const Metric& metric) {
    return metric.name == name;
  });
}

inline Samples samples_of(const std::string& metric, std::vector<double> base,
                          std::vector<double> head,
                          const std::string& cell = "long/poll") {
  return {.cell = cell,
          .metric = metric_named(metric),
          .base = std::move(base),
          .head = std::move(head)};
}

// So many rounds, each a little more than the one before.
inline std::vector<double> rising(std::size_t rounds, double first,
                                  double step = 0.001) {
  std::vector<double> values;
  for (std::size_t i = 0; i < rounds; ++i) {
    values.push_back(first * (1 + step * static_cast<double>(i)));
  }
  return values;
}

inline std::vector<double> times(double factor, std::vector<double> values) {
  for (double& value : values) value *= factor;
  return values;
}

}  // namespace sockmark
