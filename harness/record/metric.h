// What two sides are compared by, and what difference matters. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/record/record.h"

namespace sockmark {

enum class Better { lower, higher };

// A difference matters if it is larger than both.
struct Margin {
  double relative = 0;  // 0.05: 5 %
  double absolute = 0;  // in the metric's unit

  bool operator==(const Margin&) const = default;
};

// How a metric is judged.
enum class Rule {
  noisy,  // by its distribution over the rounds
  exact,  // deterministic: by its medians alone, unless it proves not to be
  none    // any of it on the new side, where the base has none, is too much
};

struct Metric {
  std::string name;   // as in the records: "cpu_ns_per_request"
  std::string label;  // for people: "CPU/request"
  std::string unit;   // "ns", "req/s", "bytes"; empty for a count
  Better better = Better::lower;
  Rule rule = Rule::noisy;
  Margin margin = {};
};

// All that trials can be compared by, the steadiest first, with the margins
// that hold where an experiment says nothing.
const std::vector<Metric>& trial_metrics();

// The same with these margins, by the metrics' names, in place of their own.
std::vector<Metric> metrics_with(const std::map<std::string, Margin>& margins);

// Its value in a usable trial. Nothing where the trial does not know it, or
// where it says nothing: throughput at a rate that was given. Throws
// std::invalid_argument for a name that is not in trial_metrics().
std::optional<double> value_of(const std::string& metric,
                               const TrialRecord& trial);

}  // namespace sockmark
