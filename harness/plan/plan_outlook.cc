// How much of a plan is left.
#include <algorithm>

#include "harness/plan/plan.h"

namespace sockmark {

// Calls count(workload, trials) for what is left of this block, of this round
// and of the experiment's rounds.
template <typename Count>
void Plan::for_each_left(const Count& count) const {
  if (over_) return;
  count(blocks_[block_].workload, entrants_.size() - entrant_);
  for (std::size_t b = block_ + 1; b < blocks_.size(); ++b) {
    count(blocks_[b].workload, blocks_[b].entrants.size());
  }
  for (std::size_t w = 0; w < experiment_.workloads.size(); ++w) {
    const WorkloadPlan& plan = experiment_.workloads[w];
    const int rounds = std::max(0, plan.rounds - round_ - 1);
    count(w, static_cast<std::size_t>(rounds) * lineup_[w].size() *
                 plan.tools.size());
  }
}

std::size_t Plan::expected_trials() const {
  auto trials = static_cast<std::size_t>(index_);
  for_each_left([&](std::size_t, std::size_t left) { trials += left; });
  return trials;
}

std::chrono::nanoseconds Plan::expected_left() const {
  std::chrono::nanoseconds sum(0);
  for_each_left([&](std::size_t workload, std::size_t left) {
    sum += expected_duration(experiment_.workloads[workload].workload) *
           static_cast<long>(left);
  });
  if (!experiment_.time_budget_ns || over_) return sum;
  const std::chrono::nanoseconds budget(*experiment_.time_budget_ns -
                                        elapsed_ns_);
  return std::min(sum, std::max(budget, std::chrono::nanoseconds(0)));
}

}  // namespace sockmark
