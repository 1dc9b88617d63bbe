// Runs of two arms in which nothing is run: what happens is made up.
#pragma once

#include <string>
#include <vector>

#include "harness/ab/arm.h"
#include "harness/ab/matchup.h"
#include "harness/plan/setup.h"
#include "tests/harness/planned_run.h"

namespace sockmark {

// These workloads for these servers, which both sides have.
inline Matchup matchup_of(const std::vector<std::string>& workloads,
                          const std::vector<std::string>& servers,
                          int rounds = 10) {
  Experiment experiment = {.name = "gate", .servers = servers};
  for (const std::string& name : workloads) {
    WorkloadPlan plan;
    plan.workload.name = name;
    plan.workload.tool.clear();
    plan.workload.duration_ns = kSecond;
    plan.rounds = rounds;
    experiment.workloads.push_back(plan);
  }
  std::vector<ServerSpec> specs;
  for (const std::string& name : servers) {
    specs.push_back({.name = name, .command = {name}});
  }
  return matched(experiment, specs, specs);
}

inline Plan plan_of(const Matchup& matchup) {
  return {matchup.experiment, names_of(matchup.servers),
          lineup_of(matchup.experiment, matchup.servers)};
}

// What is left of the plan, behind `records`. A trial is alike in all rounds
// and on both sides, but for what `outcome` makes of it.
inline void run_arms(Plan& plan, const Matchup& matchup,
                     std::vector<TrialRecord>& records,
                     const Happening& outcome = nothing_special) {
  while (const auto trial = plan.next()) {
    TrialRecord record = record_of(*trial, outcome);
    record.server.name = matchup.servers[trial->server].name;
    record.server.arm = matchup.servers[trial->server].arm;
    plan.add(record);
    records.push_back(std::move(record));
  }
}

// Of the workload "short", as the plans above have it.
inline LoneCell lone_cell(const std::string& server) {
  Workload workload;
  workload.name = "short";
  workload.duration_ns = kSecond;
  return {.server = server, .workload = workload};
}

inline bool is_head(const PlannedTrial& trial) { return trial.server % 2 == 1; }

}  // namespace sockmark
