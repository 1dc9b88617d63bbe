#include "harness/ab/arm_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/ab/two_looks.h"
#include "harness/disturbance.h"
#include "harness/gate/cell_news.h"
#include "harness/plan.h"

namespace sockmark {
namespace {

// How many pairs there are, and what disturbed them to the end.
struct Pairs {
  std::size_t all = 0;
  std::size_t disturbed = 0;
  std::string last_reason;
};

Pairs pairs_in(const std::vector<CellPair>& cells) {
  Pairs pairs;
  for (const CellPair& cell : cells) {
    std::map<int, std::vector<MachineUse>> rounds;
    for (const TrialRecord& trial : cell.base) {
      rounds[trial.round].push_back(trial.machine);
    }
    for (const TrialRecord& trial : cell.head) {
      rounds[trial.round].push_back(trial.machine);
    }
    for (const auto& [round, machine] : rounds) {
      const std::string reason = disturbance_of(machine);
      ++pairs.all;
      if (reason.empty()) continue;
      ++pairs.disturbed;
      pairs.last_reason = reason;
    }
  }
  return pairs;
}

bool is_harmless(const Judgement& judgement) {
  return judgement.finding != Finding::regressed &&
         judgement.finding != Finding::inconclusive;
}

int rounds_in(const std::vector<TrialRecord>& trials) {
  int rounds = 0;
  for (const TrialRecord& trial : trials) {
    rounds = std::max(rounds, trial.round + 1);
  }
  return rounds;
}

std::string note_on(const Pairs& pairs, bool ignores_noise) {
  return fmt::format(
      "{} of {} pairs were disturbed{}; in the last of them, {}.",
      pairs.disturbed, pairs.all,
      ignores_noise ? "" : " and stayed so when they were run again",
      pairs.last_reason);
}

}  // namespace

Comparison comparison_of(const ComparedArms& arms, const Matchup& matchup,
                         const std::vector<TrialRecord>& trials,
                         std::vector<Judgement> judgements,
                         const RunOutcome& outcome) {
  const auto cells = cells_of(matchup, trials);
  const CellNews news = news_of(cells);
  Comparison comparison = {.base = arms.base,
                           .head = arms.head,
                           .pairing = TwoLooks::kRules.pairing,
                           .rules = TwoLooks::kRules,
                           .rounds = rounds_in(trials),
                           .judgements = std::move(judgements),
                           .missing = news.missing,
                           .fresh = news.fresh,
                           .failed = news.failed,
                           .identical = arms.identical,
                           .notes = news.notes};
  for (const auto* const notes : {&matchup.notes, &arms.notes}) {
    comparison.notes.insert(comparison.notes.end(), notes->begin(),
                            notes->end());
  }
  const Pairs pairs = pairs_in(cells);
  if (pairs.disturbed > 0) {
    comparison.notes.push_back(note_on(pairs, outcome.ignores_noise));
  }
  if (outcome.ended == to_string(PlanEnd::time_budget)) {
    comparison.notes.emplace_back("The time budget ended the run.");
  }
  const bool is_open = !std::all_of(comparison.judgements.begin(),
                                    comparison.judgements.end(), is_harmless);
  comparison.too_noisy = !outcome.ignores_noise && is_open &&
                         static_cast<double>(pairs.disturbed) >
                             kMostReruns * static_cast<double>(pairs.all);
  return comparison;
}

}  // namespace sockmark
