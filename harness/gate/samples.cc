#include "harness/gate/samples.h"

#include <algorithm>
#include <map>

#include "harness/cells/cells.h"

namespace sockmark {
namespace {

using ByRound = std::map<int, double>;

ByRound values_of(const Metric& metric,
                  const std::vector<TrialRecord>& trials) {
  ByRound values;
  for (const TrialRecord& trial : trials) {
    if (!is_usable(trial)) continue;
    if (const auto value = value_of(metric.name, trial)) {
      values[trial.round] = *value;
    }
  }
  return values;
}

bool has_usable(const std::vector<TrialRecord>& trials) {
  return std::any_of(trials.begin(), trials.end(), is_usable);
}

template <typename Combine>
std::vector<Samples> samples(const std::vector<CellPair>& cells,
                             const std::vector<Metric>& metrics,
                             Combine combine) {
  std::vector<Samples> all;
  for (const CellPair& cell : cells) {
    if (!has_usable(cell.base) || !has_usable(cell.head)) continue;
    for (const Metric& metric : metrics) {
      const ByRound base = values_of(metric, cell.base);
      const ByRound head = values_of(metric, cell.head);
      if (base.empty() && head.empty()) continue;
      Samples& one = all.emplace_back();
      one.cell = cell.name;
      one.metric = metric;
      combine(base, head, one);
    }
  }
  return all;
}

}  // namespace

std::vector<Samples> paired_samples(const std::vector<CellPair>& cells,
                                    const std::vector<Metric>& metrics) {
  return samples(cells, metrics,
                 [](const ByRound& base, const ByRound& head, Samples& pairs) {
                   for (const auto& [round, value] : base) {
                     const auto other = head.find(round);
                     if (other == head.end()) continue;
                     pairs.base.push_back(value);
                     pairs.head.push_back(other->second);
                   }
                 });
}

std::vector<Samples> unpaired_samples(const std::vector<CellPair>& cells,
                                      const std::vector<Metric>& metrics) {
  return samples(cells, metrics,
                 [](const ByRound& base, const ByRound& head, Samples& both) {
                   for (const auto& [round, value] : base) {
                     both.base.push_back(value);
                   }
                   for (const auto& [round, value] : head) {
                     both.head.push_back(value);
                   }
                 });
}

}  // namespace sockmark
