#include "harness/ab/two_looks.h"

#include <algorithm>

#include "harness/ab/arm.h"
#include "harness/gate/looks.h"
#include "harness/gate/samples.h"

namespace sockmark {
namespace {

// It stands for a cell that was not run.
TrialRecord placeholder(const LoneCell& cell) {
  TrialRecord trial;
  trial.server.name = cell.server;
  trial.workload = cell.workload;
  trial.status = TrialStatus::interrupted;
  return trial;
}

bool is_of(const CellPair& cell, const WorkloadPlan& plan) {
  return plan.servers.front() == name_in(Arm::base, cell.server) &&
         hash_of(plan.with(plan.tools.front())) == hash_of(cell.workload);
}

// Indices into the experiment's workloads, which are its cells.
std::vector<std::size_t> workloads_of(const Matchup& matchup,
                                      const std::vector<CellPair>& cells,
                                      const std::vector<std::string>& names) {
  std::vector<std::size_t> workloads;
  const auto& plans = matchup.experiment.workloads;
  for (const CellPair& cell : cells) {
    if (std::find(names.begin(), names.end(), cell.name) == names.end()) {
      continue;
    }
    const auto plan = std::find_if(
        plans.begin(), plans.end(),
        [&cell](const WorkloadPlan& one) { return is_of(cell, one); });
    if (plan != plans.end()) {
      workloads.push_back(static_cast<std::size_t>(plan - plans.begin()));
    }
  }
  return workloads;
}

}  // namespace

std::vector<CellPair> cells_of(const Matchup& matchup,
                               const std::vector<TrialRecord>& trials) {
  auto base = trials_of(Arm::base, trials);
  auto head = trials_of(Arm::head, trials);
  for (const LoneCell& cell : matchup.missing) {
    base.push_back(placeholder(cell));
  }
  for (const LoneCell& cell : matchup.fresh) head.push_back(placeholder(cell));
  return pair_cells(base, head);
}

bool TwoLooks::extend(Plan& plan, const std::vector<TrialRecord>& trials) {
  if (!first_.empty() || plan.end() != PlanEnd::complete) return false;
  first_ = look(trials);
  const auto workloads = workloads_of(matchup_, cells_of(matchup_, trials),
                                      cells_to_extend(first_));
  if (workloads.empty()) return false;
  plan.extend(workloads, 2 * matchup_.experiment.rounds());
  return true;
}

std::vector<Judgement> TwoLooks::judgements(
    const std::vector<TrialRecord>& trials) {
  auto last = look(trials);
  return first_.empty() ? last : after_both_looks(first_, last);
}

std::vector<Judgement> TwoLooks::look(
    const std::vector<TrialRecord>& trials) const {
  return judge(paired_samples(cells_of(matchup_, trials),
                              metrics_with(matchup_.experiment.margins)),
               kRules);
}

}  // namespace sockmark
