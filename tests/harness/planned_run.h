// Runs of a plan in which nothing is run: what happens is made up.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/plan/plan.h"
#include "tests/harness/synthetic.h"

namespace sockmark {

inline constexpr std::int64_t kSecond = 1'000'000'000;

inline Experiment two_workloads(int rounds, std::uint64_t seed) {
  Experiment experiment = {.name = "test", .seed = seed};
  for (const char* const name : {"short", "long"}) {
    WorkloadPlan plan;
    plan.workload.name = name;
    plan.workload.tool.clear();
    plan.workload.duration_ns = kSecond;
    plan.rounds = rounds;
    experiment.workloads.push_back(plan);
  }
  return experiment;
}

inline std::vector<std::string> names(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    names.push_back("s" + std::to_string(i));
  }
  return names;
}

inline Plan plan_with(const Experiment& experiment, std::size_t servers) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < servers; ++i) all.push_back(i);
  return {experiment, names(servers), Lineup(experiment.workloads.size(), all)};
}

using Happening = std::function<void(const PlannedTrial&, TrialRecord&)>;

inline TrialRecord record_of(const PlannedTrial& trial,
                             const Happening& outcome) {
  TrialRecord record = synthetic_trial("s" + std::to_string(trial.server), {});
  record.index = trial.index;
  record.round = trial.round;
  record.order = trial.order;
  record.attempt = trial.attempt;
  record.workload = trial.workload;
  record.elapsed_ns = kSecond;
  record.machine.window_ns = kSecond;
  record.machine.foreign_cpu_ns = 0;
  outcome(trial, record);
  return record;
}

inline void nothing_special(const PlannedTrial&, TrialRecord&) {}

// What is left of the plan, at most `limit` trials.
inline std::vector<TrialRecord> run(Plan& plan,
                                    const Happening& outcome = nothing_special,
                                    std::size_t limit = 100'000) {
  std::vector<TrialRecord> records;
  while (const auto trial = plan.next()) {
    if (records.size() == limit) break;
    records.push_back(record_of(*trial, outcome));
    plan.add(records.back());
  }
  return records;
}

using Step = std::tuple<int, int, int, int, std::string, std::string>;
inline std::vector<Step> steps_of(const std::vector<TrialRecord>& records) {
  std::vector<Step> steps;
  for (const TrialRecord& r : records) {
    steps.emplace_back(r.index, r.round, r.order, r.attempt, r.server.name,
                       r.workload.name + r.workload.tool);
  }
  return steps;
}

}  // namespace sockmark
