#include "harness/cells/ranking.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/text/text.h"

namespace sockmark {
namespace {

using Rounds = std::map<int, double>;

// The figure that ranks, by round.
Rounds rounds_of(const Workload& workload, const Cell& cell) {
  Rounds rounds;
  for (const TrialRecord& trial : cell.trials) {
    if (!is_usable(trial)) continue;
    const auto value = workload.rate_per_second
                           ? trial.load->latency.p99
                           : trial.load->requests_per_second;
    if (value.value_or(0) > 0) rounds[trial.round] = *value;
  }
  return rounds;
}

std::optional<MedianInterval> ratio_of(const Rounds& ours, const Rounds& base) {
  std::vector<double> above, below;
  for (const auto& [round, value] : ours) {
    const auto partner = base.find(round);
    if (partner == base.end()) continue;
    above.push_back(value);
    below.push_back(partner->second);
  }
  return paired_ratio(above, below);
}

bool is_flawed(const Cell& cell) {
  return std::any_of(
      cell.trials.begin(), cell.trials.end(),
      [](const TrialRecord& t) { return t.server.family == "flawed"; });
}

// The set that is being filled, of one tool.
struct OpenSet {
  Rounds first;
  std::size_t rank = 0;
  std::size_t ranked = 0;  // in this set and those before it
};

bool differs(const Rounds& ours, const Rounds& first, Ranking& ranking) {
  const auto ratio = ratio_of(ours, first);
  const double coverage = ratio ? ratio->coverage : 0;
  ranking.least_coverage = std::min(ranking.least_coverage, coverage);
  ranking.most_coverage = std::max(ranking.most_coverage, coverage);
  return coverage > 0 && (ratio->low > 1 || ratio->high < 1);
}

}  // namespace

Ranking rank_cells(const WorkloadCells& group) {
  Ranking ranking;
  std::map<std::string, OpenSet> open;
  for (const Cell& cell : group.cells) {
    auto& rank = ranking.ranks.emplace_back();
    const Rounds rounds = rounds_of(group.workload, cell);
    if (rounds.empty() || is_flawed(cell)) continue;
    ranking.most_rounds = std::max(ranking.most_rounds, rounds.size());
    OpenSet& set = open[cell.tool];
    ++set.ranked;
    if (set.rank == 0 || differs(rounds, set.first, ranking)) {
      set.first = rounds;
      set.rank = set.ranked;
      ++ranking.sets[cell.tool];
    }
    rank = set.rank;
  }
  return ranking;
}

std::string note_on_ranks(const Ranking& ranking) {
  const auto ranked = [](const auto& rank) { return rank.has_value(); };
  if (std::count_if(ranking.ranks.begin(), ranking.ranks.end(), ranked) < 2) {
    return "";
  }
  if (ranking.most_coverage <= 0) {
    return fmt::format("Rank: cannot tell apart ({} round{}).",
                       ranking.most_rounds,
                       ranking.most_rounds == 1 ? "" : "s");
  }
  std::vector<std::string> sets;
  for (const auto& [tool, count] : ranking.sets) {
    sets.push_back(ranking.sets.size() > 1 ? fmt::format("{} ({})", count, tool)
                                           : fmt::format("{}", count));
  }
  const bool is_single = ranking.sets.size() == 1 && sets[0] == "1";
  std::string text = fmt::format(
      "Rank: {} group{} that the data can tell apart. Within one, the interval "
      "({}",
      join(sets, ", "), is_single ? "" : "s",
      format_percent(ranking.most_coverage));
  if (ranking.least_coverage < ranking.most_coverage) text += " at most";
  if (ranking.most_coverage < kConfidence) {
    text += ": 95 % takes 6 rounds";
  }
  return text +
         ") of each server's ratio to the group's first, round by "
         "round, includes 1.";
}

}  // namespace sockmark
