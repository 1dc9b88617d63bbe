// Comparisons that nobody measured, for the tests of what is shown of them.
#pragma once

#include <string>
#include <vector>

#include "harness/gate/comparison.h"

namespace sockmark {

// As they are in trial_metrics(), but for what they do not need here.
Metric cpu_metric();
Metric throughput_metric();
Metric p50_metric();
Metric p99_metric();
Metric memory_metric();
Metric errors_metric();
Metric system_calls_metric();

// What a figure is made of. Its values scatter about base_median and ratio by
// the same pattern each time.
struct Made {
  double base_median = 1;
  double ratio = 1;
  double half_width = 0.012;  // of the interval, as a share
  std::size_t n = 10;
  Finding finding = Finding::same;
  std::string reason = {};
};
Judgement made_figure(const std::string& cell, const Metric& metric,
                      const Made& made);

// Of an exact metric: the same value in each round.
Judgement exact_figure(const std::string& cell, const Metric& metric,
                       double base, double head, Finding finding,
                       const std::string& reason = {});

// Without figures on a side, or too few of them.
Judgement unknown_figure(const std::string& cell, const Metric& metric,
                         const std::string& reason);

// All seven metrics of a cell, all the same on both sides.
std::vector<Judgement> like_cell(const std::string& cell);

// main against a topic branch, ten rounds: these cells, all the same.
Comparison like_comparison(const std::vector<std::string>& cells);

Judgement& figure_of(Comparison& comparison, const std::string& cell,
                     const std::string& label);

// So many figures, with everything that can be: all findings, long names,
// ratios from 0.2 to 5, exact figures and such without an estimate.
Comparison motley_comparison(std::size_t figures);

}  // namespace sockmark
