#include "harness/experiment.h"

#include <stdexcept>

#include "harness/tool.h"

namespace sockmark {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

// A new connection for each request: what making and ending them costs.
Workload short_connections() {
  Workload workload;
  workload.name = "short";
  workload.keep_alive = false;
  return workload;
}

// Connections kept alive: what a request on an open one costs.
Workload long_connections() {
  Workload workload;
  workload.name = "long";
  return workload;
}

// New connections at a rate that says nothing of the server: latencies that
// belong to the same load, so that they may be compared. High enough for twenty
// of a second's requests to lie beyond their 99th percentile.
Workload fixed_rate() {
  Workload workload = short_connections();
  workload.name = "rate";
  workload.rate_per_second = 2200;
  return workload;
}

Workload timed(Workload workload, std::int64_t warmup_ns,
               std::int64_t duration_ns) {
  workload.warmup_ns = warmup_ns;
  workload.duration_ns = duration_ns;
  return workload;
}

}  // namespace

Experiment preset(const std::string& name) {
  if (name == "quick") {
    return {.name = name,
            .servers = {},
            .workloads = {timed(short_connections(), kSecond / 4, 2 * kSecond)},
            .rounds = 1};
  }
  if (name == "standard") {
    // Six rounds are the fewest whose range covers the median with 95 %. Noise
    // differs more from round to round than within one: they are short.
    constexpr std::int64_t kWarmup = kSecond / 5;
    constexpr std::int64_t kDuration = kSecond;
    return {.name = name,
            .servers = {},
            .workloads = {timed(short_connections(), kWarmup, kDuration),
                          timed(long_connections(), kWarmup, kDuration),
                          timed(fixed_rate(), kWarmup, kDuration)},
            .rounds = 6};
  }
  throw std::invalid_argument("no preset named '" + name +
                              "'; there are quick and standard");
}

std::vector<Workload> with_tools(const std::vector<Workload>& workloads,
                                 const std::vector<std::string>& tools) {
  std::vector<Workload> all;
  for (const Workload& workload : workloads) {
    for (const std::string& tool : tools) {
      if (!can_put_on(find_tool(tool), workload)) continue;
      all.push_back(workload);
      all.back().tool = tool;
    }
  }
  return all;
}

}  // namespace sockmark
