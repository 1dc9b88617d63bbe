#include "harness/plan/precision.h"

#include <algorithm>

#include "harness/cells/cells.h"
#include "harness/statistics/stats.h"

namespace sockmark {
namespace {

std::string key_of(const std::string& server, const Workload& workload) {
  return hash_of(workload) + " " + server;
}

std::optional<double> figure_of(const TrialRecord& trial) {
  if (!is_usable(trial)) return std::nullopt;
  return trial.workload.rate_per_second ? trial.load->latency.p99
                                        : trial.load->requests_per_second;
}

}  // namespace

void CellFigures::add(const TrialRecord& trial) {
  cells_[key_of(trial.server.name, trial.workload)][trial.round] =
      figure_of(trial);
}

const CellFigures::Rounds* CellFigures::find(const std::string& server,
                                             const Workload& workload) const {
  const auto found = cells_.find(key_of(server, workload));
  return found == cells_.end() ? nullptr : &found->second;
}

std::optional<double> CellFigures::relative_error(
    const std::string& server, const Workload& workload) const {
  const Rounds* const rounds = find(server, workload);
  if (rounds == nullptr) return std::nullopt;
  std::vector<double> values;
  for (const auto& [round, value] : *rounds) {
    if (value) values.push_back(*value);
  }
  const auto interval = median_interval(values);
  if (!interval || interval->coverage < kConfidence) return std::nullopt;
  return interval->relative_error();
}

bool CellFigures::is_measurable(const std::string& server,
                                const Workload& workload) const {
  const Rounds* const rounds = find(server, workload);
  return rounds != nullptr &&
         std::ranges::any_of(*rounds, [](const auto& round) {
           return round.second.has_value();
         });
}

}  // namespace sockmark
