#include "harness/record/metric.h"

#include <functional>
#include <map>
#include <stdexcept>

namespace sockmark {
namespace {

using Value = std::function<std::optional<double>(const TrialRecord&)>;

template <typename T>
std::optional<double> as_number(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return static_cast<double>(*value);
}

// Of no requests nothing can be said.
std::optional<double> share(std::optional<double> part, double whole) {
  if (!part || !(whole > 0)) return std::nullopt;
  return *part / whole;
}

std::optional<double> per_request(std::optional<double> amount,
                                  const TrialRecord& trial) {
  if (!trial.load || !trial.load->completed) return std::nullopt;
  return share(amount, static_cast<double>(*trial.load->completed));
}

std::optional<double> requests_per_second(const TrialRecord& trial) {
  if (!trial.load || trial.workload.rate_per_second) return std::nullopt;
  return trial.load->requests_per_second;
}

Value of_load(std::optional<double> LoadResult::Latency::*percentile) {
  return [percentile](const TrialRecord& trial) -> std::optional<double> {
    if (!trial.load) return std::nullopt;
    return trial.load->latency.*percentile;
  };
}

// Of all requests that ended, so that a faster server, which has more of them,
// may have more errors.
std::optional<double> errors_per_request(const TrialRecord& trial) {
  if (!trial.load || !trial.load->completed) return std::nullopt;
  const auto errors = as_number(trial.load->errors);
  return share(
      errors, errors.value_or(0) + static_cast<double>(*trial.load->completed));
}

std::optional<double> context_switches(const TrialRecord& trial) {
  const Resources& server = trial.resources;
  if (!server.context_switches_voluntary ||
      !server.context_switches_involuntary) {
    return std::nullopt;
  }
  return static_cast<double>(*server.context_switches_voluntary +
                             *server.context_switches_involuntary);
}

const std::map<std::string, Value>& values() {
  static const std::map<std::string, Value> kValues = {
      {"cpu_ns_per_request",
       [](const TrialRecord& trial) {
         return trial.resources.cpu_ns_per_request;
       }},
      {"requests_per_second", requests_per_second},
      {"p50_ns", of_load(&LoadResult::Latency::p50)},
      {"p99_ns", of_load(&LoadResult::Latency::p99)},
      {"pss_loaded_bytes",
       [](const TrialRecord& trial) {
         return as_number(trial.resources.pss_loaded_bytes);
       }},
      {"context_switches_per_request",
       [](const TrialRecord& trial) {
         return per_request(context_switches(trial), trial);
       }},
      {"errors_per_request", errors_per_request},
      {"system_calls_per_request",
       [](const TrialRecord& trial) {
         return trial.resources.system_calls_per_request;
       }},
      {"bytes_received_per_request", [](const TrialRecord& trial) {
         return per_request(
             trial.load ? as_number(trial.load->bytes_received) : std::nullopt,
             trial);
       }}};
  return kValues;
}

// Times, rates and sizes.
std::vector<Metric> measured_metrics() {
  return {
      // It varies a third as much as throughput does on a busy machine.
      {.name = "cpu_ns_per_request",
       .label = "CPU/request",
       .unit = "ns",
       .margin = {.relative = 0.03}},
      {.name = "requests_per_second",
       .label = "req/s",
       .unit = "req/s",
       .better = Better::higher,
       .margin = {.relative = 0.05}},
      {.name = "p50_ns",
       .label = "p50",
       .unit = "ns",
       .margin = {.relative = 0.05}},
      // Below 50 us it is the kernel's scheduler that is measured. Twice the
      // histogram's resolution is 0.2 % and so within the share.
      {.name = "p99_ns",
       .label = "p99",
       .unit = "ns",
       .margin = {.relative = 0.10, .absolute = 50'000}},
      // Smaller than 1 MiB is what the C library keeps or returns by chance.
      {.name = "pss_loaded_bytes",
       .label = "memory",
       .unit = "bytes",
       .margin = {.relative = 0.05, .absolute = 1024 * 1024}}};
}

// What is counted, for each request.
std::vector<Metric> counted_metrics() {
  return {
      // Not exact: when a thread waits depends on what else runs. A saturated
      // event loop has one in 3,000 requests or 40 times that; a twentieth of
      // a switch, about 0.1 us, is nothing to either.
      {.name = "context_switches_per_request",
       .label = "switches/request",
       .unit = "",
       .margin = {.relative = 0.10, .absolute = 0.05}},
      // Not exact either: how many events a call returns, and so how many calls
      // it takes, depends on what is under way. Like runs differ by 2 %, those
      // of a thread for each connection, which maps its stack anew, by 10 %.
      {.name = "system_calls_per_request",
       .label = "system calls/request",
       .unit = "",
       .margin = {.relative = 0.05, .absolute = 0.05}},
      {.name = "errors_per_request",
       .label = "errors/request",
       .unit = "",
       .rule = Rule::none},
      // The same to the byte from loadgen; wrk rounds to three digits.
      {.name = "bytes_received_per_request",
       .label = "bytes/request",
       .unit = "bytes",
       .rule = Rule::exact,
       .margin = {.relative = 0.01}}};
}

}  // namespace

const std::vector<Metric>& trial_metrics() {
  static const std::vector<Metric> kMetrics = [] {
    std::vector<Metric> metrics = measured_metrics();
    for (Metric& metric : counted_metrics()) metrics.push_back(metric);
    return metrics;
  }();
  return kMetrics;
}

std::vector<Metric> metrics_with(const std::map<std::string, Margin>& margins) {
  std::vector<Metric> metrics = trial_metrics();
  for (Metric& metric : metrics) {
    const auto margin = margins.find(metric.name);
    if (margin != margins.end()) metric.margin = margin->second;
  }
  return metrics;
}

std::optional<double> value_of(const std::string& metric,
                               const TrialRecord& trial) {
  const auto found = values().find(metric);
  if (found == values().end()) {
    throw std::invalid_argument("no metric is named '" + metric + "'");
  }
  return found->second(trial);
}

}  // namespace sockmark
