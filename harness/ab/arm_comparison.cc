#include "harness/ab/arm_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "harness/ab/two_looks.h"
#include "harness/cells/cells.h"
#include "harness/gate/cell_news.h"
#include "harness/plan/plan.h"
#include "harness/text/text.h"
#include "harness/verdict/disturbance.h"

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

bool is_disturbed(const TrialRecord& trial) {
  return !disturbance_of({trial.machine}).empty();
}

// Whether a side has no figures because others kept the machine busy, and not
// because its server failed.
bool is_lost_to_noise(const std::vector<TrialRecord>& side) {
  const bool is_without_fault =
      std::all_of(side.begin(), side.end(), [](const TrialRecord& trial) {
        return trial.status == TrialStatus::ok && trial.load &&
               !is_usable(trial);
      });
  const auto disturbed = std::count_if(side.begin(), side.end(), is_disturbed);
  return !side.empty() && is_without_fault &&
         static_cast<double>(disturbed) >
             kMostReruns * static_cast<double>(side.size());
}

// What would be told of the cells on a quiet machine.
CellNews news_without_noise(std::vector<CellPair> cells) {
  for (CellPair& cell : cells) {
    for (auto* const side : {&cell.base, &cell.head}) {
      if (!is_lost_to_noise(*side)) continue;
      TrialRecord& any = side->front();
      any.verdict = any.load->verdict = {};
    }
  }
  return news_of(cells);
}

std::vector<std::string> lost_cells(const std::vector<CellPair>& cells) {
  std::vector<std::string> names;
  for (const CellPair& cell : cells) {
    if (is_lost_to_noise(cell.base) || is_lost_to_noise(cell.head)) {
      names.push_back(cell.name);
    }
  }
  return names;
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
  const CellNews news = news_without_noise(cells);
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
  const auto lost = lost_cells(cells);
  if (!lost.empty()) {
    comparison.notes.push_back(fmt::format(
        "Without figures for want of a quiet machine: {}.", join(lost, ", ")));
  }
  if (outcome.ended == to_string(PlanEnd::time_budget)) {
    comparison.notes.emplace_back("The time budget ended the run.");
  }
  const bool is_open =
      !lost.empty() || !std::all_of(comparison.judgements.begin(),
                                    comparison.judgements.end(), is_harmless);
  comparison.too_noisy = !outcome.ignores_noise && is_open &&
                         static_cast<double>(pairs.disturbed) >
                             kMostReruns * static_cast<double>(pairs.all);
  return comparison;
}

}  // namespace sockmark
