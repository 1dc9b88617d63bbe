#include "harness/doctor/machine_noise.h"

#include <algorithm>

#include "harness/plan/experiment_file.h"
#include "harness/trial/trial.h"

namespace sockmark {
namespace {

using std::chrono::steady_clock;

struct Pair {
  TrialRecord a, b;
};

std::optional<double> rate_of(const TrialRecord& trial) {
  return trial.load ? trial.load->requests_per_second : std::nullopt;
}

std::optional<double> cpu_of(const TrialRecord& trial) {
  return trial.resources.cpu_ns_per_request;
}

std::optional<Noise> noise_in(
    const std::vector<Pair>& pairs,
    std::optional<double> (*figure)(const TrialRecord&)) {
  std::vector<double> a;
  std::vector<double> b;
  for (const Pair& pair : pairs) {
    const auto first = figure(pair.a);
    const auto second = figure(pair.b);
    if (!first || !second) continue;
    a.push_back(*first);
    b.push_back(*second);
  }
  return noise_of(a, b);
}

std::vector<Workload> workloads_of(const NoiseTrials& trials) {
  std::vector<Workload> chosen;
  for (const WorkloadPlan& plan : preset("standard").workloads) {
    Workload workload = plan.with("loadgen");
    if (workload.name != "long" && workload.name != "short") continue;
    workload.duration_ns = trials.duration.count();
    workload.warmup_ns = trials.warmup.count();
    chosen.push_back(workload);
  }
  return chosen;
}

// The second of the pair runs first in every other one: what the first trial
// does to the next meets both.
Pair run_pair(int number, const ServerSpec& server, const Workload& workload,
              const CpuPlan& cpus, const std::atomic<bool>& stop) {
  const auto run = [&](int order) {
    return run_trial({.index = 2 * number + order,
                      .round = number,
                      .order = order,
                      .workload = workload},
                     server, cpus, stop);
  };
  TrialRecord first = run(0);
  TrialRecord second = run(1);
  if (number % 2 == 1) std::swap(first, second);
  return {std::move(first), std::move(second)};
}

WorkloadNoise summary(const std::string& workload,
                      const std::vector<Pair>& pairs,
                      const std::string& failure) {
  WorkloadNoise noise{.workload = workload,
                      .pairs = static_cast<int>(pairs.size()),
                      .requests_per_second = noise_in(pairs, rate_of),
                      .cpu_per_request = noise_in(pairs, cpu_of),
                      .why_not = ""};
  if (!noise.requests_per_second || !noise.cpu_per_request) {
    noise.why_not =
        failure.empty() ? "too few trials, or too short ones" : failure;
  }
  return noise;
}

}  // namespace

std::vector<WorkloadNoise> measure_noise(const ServerSpec& server,
                                         const CpuPlan& cpus,
                                         const NoiseTrials& trials,
                                         const std::atomic<bool>& stop) {
  const auto workloads = workloads_of(trials);
  std::vector<std::vector<Pair>> pairs(workloads.size());
  std::vector<std::string> failures(workloads.size());
  const auto started = steady_clock::now();
  steady_clock::duration longest{0};
  for (int number = 0; number < trials.pairs; ++number) {
    const auto began = steady_clock::now();
    if (stop || began - started + longest > trials.budget) break;
    for (std::size_t at = 0; at < workloads.size(); ++at) {
      Pair pair = run_pair(number, server, workloads[at], cpus, stop);
      for (const TrialRecord* const trial : {&pair.a, &pair.b}) {
        if (!trial->error.empty()) failures[at] = trial->error;
      }
      pairs[at].push_back(std::move(pair));
    }
    longest = std::max(longest, steady_clock::now() - began);
  }
  std::vector<WorkloadNoise> noise;
  for (std::size_t at = 0; at < workloads.size(); ++at) {
    noise.push_back(summary(workloads[at].name, pairs[at], failures[at]));
  }
  return noise;
}

}  // namespace sockmark
