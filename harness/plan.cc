#include "harness/plan.h"

#include <random>
#include <utility>

namespace sockmark {
namespace {

// Fisher and Yates, written out because std::shuffle differs between standard
// libraries. The bias of the remainder is below 1e-15.
void shuffle(std::vector<PlannedTrial>& trials, std::mt19937_64& random) {
  for (std::size_t i = trials.size(); i > 1; --i) {
    std::swap(trials[i - 1], trials[random() % i]);
  }
}

}  // namespace

std::vector<PlannedTrial> plan_trials(std::size_t servers,
                                      const Experiment& experiment) {
  std::mt19937_64 random(experiment.seed);
  std::vector<PlannedTrial> plan;
  for (int round = 0; round < experiment.rounds; ++round) {
    std::vector<PlannedTrial> trials;
    for (std::size_t w = 0; w < experiment.workloads.size(); ++w) {
      for (std::size_t s = 0; s < servers; ++s) {
        trials.push_back({.round = round, .server = s, .workload = w});
      }
    }
    shuffle(trials, random);
    for (std::size_t i = 0; i < trials.size(); ++i) {
      trials[i].index = static_cast<int>(plan.size());
      trials[i].order = static_cast<int>(i);
      plan.push_back(trials[i]);
    }
  }
  return plan;
}

std::chrono::nanoseconds expected_duration(const Workload& workload) {
  constexpr std::chrono::milliseconds kStartAndStop(150);
  return std::chrono::nanoseconds(workload.warmup_ns + workload.duration_ns) +
         kStartAndStop;
}

std::chrono::nanoseconds expected_duration(
    const std::vector<PlannedTrial>& plan, const Experiment& experiment) {
  std::chrono::nanoseconds sum(0);
  for (const PlannedTrial& trial : plan) {
    sum += expected_duration(experiment.workloads[trial.workload]);
  }
  return sum;
}

}  // namespace sockmark
