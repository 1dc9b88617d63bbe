#include "harness/ab/arms_run.h"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "harness/ab/arm.h"
#include "harness/ab/two_looks.h"
#include "harness/gate/comparison_json.h"
#include "harness/gate/verdict_line.h"
#include "harness/plan/blocks.h"
#include "harness/plan/plan.h"
#include "harness/plan/progress.h"
#include "harness/trial/run_recording.h"

namespace sockmark {
namespace {

constexpr const char* kSecondLook =
    "as many again for cells that leave something open";

std::string pairs_of(const Experiment& experiment) {
  return counted(static_cast<std::size_t>(experiment.rounds()), "pair",
                 "pairs");
}

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
  return fmt::format(
      "{}: {}, {} each: about {}; {}", matchup.experiment.name,
      counted(cells, "cell", "cells"), pairs_of(matchup.experiment),
      format_left(plan_of(matchup).expected_left()), kSecondLook);
}

std::string outlook_of(const Experiment& experiment) {
  std::chrono::nanoseconds each(0);
  for (const WorkloadPlan& plan : experiment.workloads) {
    each += expected_duration(plan.workload) *
            static_cast<long>(kArms.size() * plan.tools.size()) *
            experiment.rounds();
  }
  return fmt::format(
      "{}: {}, {} of each server: about {} for a server; {}", experiment.name,
      counted(experiment.workloads.size(), "workload", "workloads"),
      pairs_of(experiment), format_left(each), kSecondLook);
}

}  // namespace sockmark
