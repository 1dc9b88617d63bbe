#include "harness/plan/experiment_margins.h"

#include "harness/plan/experiment_workload.h"

namespace sockmark {
namespace {

// Twice the resolution of the histogram that percentiles are read off.
constexpr double kLeastOfLatency = 0.002;
constexpr double kMostAbsolute = 1e18;

std::vector<std::string> names_of(const std::vector<Metric>& metrics) {
  std::vector<std::string> names;
  names.reserve(metrics.size());
  for (const Metric& metric : metrics) names.push_back(metric.name);
  return names;
}

double relative_in(const LocatedJson& json, const Metric& metric) {
  const double relative = percentage_in(json);
  const bool is_latency = metric.name == "p50_ns" || metric.name == "p99_ns";
  if (is_latency && relative < kLeastOfLatency) {
    json.refuse("at least 0.2%, which is twice what latencies are rounded to");
  }
  return relative;
}

Margin margin_in(const LocatedJson& json, const Metric& metric) {
  if (metric.rule == Rule::none) {
    json.fail("it has no margin: any is too much where the base has none");
  }
  Margin margin = metric.margin;
  if (json.is_text()) {
    margin.relative = relative_in(json, metric);
    return margin;
  }
  json.require_keys({"relative", "absolute"});
  if (const auto relative = json.find("relative")) {
    margin.relative = relative_in(*relative, metric);
  }
  if (const auto absolute = json.find("absolute")) {
    margin.absolute = absolute->number(0, kMostAbsolute);
  }
  return margin;
}

}  // namespace

std::map<std::string, Margin> margins_in(const LocatedJson& json) {
  json.require_keys(names_of(trial_metrics()));
  std::map<std::string, Margin> margins;
  for (const Metric& metric : trial_metrics()) {
    if (const auto margin = json.find(metric.name)) {
      margins[metric.name] = margin_in(*margin, metric);
    }
  }
  return margins;
}

}  // namespace sockmark
