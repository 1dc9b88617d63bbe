#include "harness/ab/arms_run.h"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "harness/ab/two_looks.h"
#include "harness/gate/comparison_json.h"
#include "harness/plan.h"
#include "harness/progress.h"
#include "harness/run_recording.h"

namespace sockmark {
namespace {

Plan plan_of(const Matchup& matchup) {
  return {matchup.experiment, names_of(matchup.servers),
          lineup_of(matchup.experiment, matchup.servers),
          CallCounts::every_trial};
}

}  // namespace

RunSetup setup_of(const Matchup& matchup) {
  return {.experiment = matchup.experiment,
          .models = "",
          .manifest = "",
          .servers = matchup.servers,
          .cpus = split_cpus()};
}

std::optional<Comparison> run_arms(const ArmsRun& run, RunFolder& folder,
                                   bool quiet,
                                   const Interruption& interruption) {
  Plan plan = plan_of(run.matchup);
  TwoLooks looks(run.matchup);
  const GoOn look = [&](Plan& ended, const std::vector<TrialRecord>& trials) {
    const bool is_extended = looks.extend(ended, trials);
    if (is_extended && !quiet) {
      fmt::print(stderr, "something is open: more pairs, about {}\n",
                 format_left(ended.expected_left()));
    }
    return is_extended;
  };
  const RunRecording recorded =
      record_run(folder, run.setup, run.description, plan, {}, quiet,
                 interruption, run.looks > 1 ? look : nullptr);
  if (recorded.outcome.interrupted_by != 0) return std::nullopt;
  Comparison comparison =
      comparison_of(run.arms, run.matchup, recorded.trials,
                    looks.judgements(recorded.trials), recorded.outcome);
  folder.write(kComparisonFile, to_json(comparison));
  return comparison;
}

std::string summary_of(const Matchup& matchup) {
  const auto cells = matchup.experiment.workloads.size();
  const int rounds = matchup.experiment.rounds();
  return fmt::format(
      "{}: {} cell{}, {} pair{} each: about {}; as many again for cells that "
      "leave something open",
      matchup.experiment.name, cells, cells == 1 ? "" : "s", rounds,
      rounds == 1 ? "" : "s", format_left(plan_of(matchup).expected_left()));
}

}  // namespace sockmark
