#include "harness/plan/dry_run.h"

#include <fmt/format.h>

#include "harness/cells/cells.h"
#include "harness/plan/experiment_file.h"
#include "harness/plan/plan.h"
#include "harness/plan/progress.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

struct Totals {
  std::size_t trials = 0;
  std::chrono::nanoseconds duration{0};
  std::chrono::nanoseconds measured{0};
};

Totals totals_of(const Experiment& experiment, const Lineup& lineup) {
  Totals totals;
  for (int round = 0; round < experiment.rounds(); ++round) {
    const auto blocks = blocks_of(experiment, lineup, round);
    totals.duration += expected_duration(experiment, blocks);
    for (const Block& block : blocks) {
      const Workload& load = experiment.workloads[block.workload].workload;
      const auto trials = block.entrants.size();
      totals.trials += trials;
      totals.measured += std::chrono::nanoseconds(load.duration_ns) *
                         static_cast<long>(trials);
    }
  }
  return totals;
}

std::string duration_of(const Experiment& experiment, const Totals& totals) {
  if (!experiment.time_budget_ns) {
    return "about " + format_left(totals.duration) +
           (experiment.precision ? ", and more for the precision" : "");
  }
  const std::chrono::nanoseconds budget(*experiment.time_budget_ns);
  return fmt::format("about {}, ended after {}", format_left(totals.duration),
                     format_left(budget));
}

// As they come if no block is disturbed.
std::string first_trials(const Experiment& experiment,
                         const std::vector<std::string>& servers,
                         const Lineup& lineup) {
  constexpr int kShown = 12;
  std::string text;
  Plan plan(experiment, servers, lineup);
  while (const auto trial = plan.next()) {
    if (trial->index == kShown) return text + "  ...\n";
    text += fmt::format("  {:>3} round {} {:<18} {} ({})\n", trial->index + 1,
                        trial->round + 1, servers[trial->server],
                        describe(trial->workload), trial->workload.tool);
    TrialRecord record;
    record.server.name = servers[trial->server];
    record.workload = trial->workload;
    record.round = trial->round;
    record.attempt = trial->attempt;
    plan.add(record);
  }
  return text;
}

}  // namespace

std::string summary_of(const Experiment& experiment, std::size_t servers,
                       const Lineup& lineup) {
  const Totals totals = totals_of(experiment, lineup);
  return fmt::format("{}: {} servers, {} workloads, {} rounds: {} trials, {}",
                     experiment.name, servers, experiment.workloads.size(),
                     experiment.rounds(), totals.trials,
                     duration_of(experiment, totals));
}

std::string describe_plan(const Experiment& experiment,
                          const std::vector<std::string>& servers,
                          const Lineup& lineup) {
  const Totals totals = totals_of(experiment, lineup);
  const double share = totals.duration.count() == 0
                           ? 0
                           : static_cast<double>(totals.measured.count()) /
                                 static_cast<double>(totals.duration.count());
  return fmt::format(
      "{}\n{}\n{} of that time is measured; disturbed blocks, if there are "
      "any, are run again\nservers: {}\n\n{}",
      to_text(experiment), summary_of(experiment, servers.size(), lineup),
      format_percent(share), join(servers, ", "),
      first_trials(experiment, servers, lineup));
}

}  // namespace sockmark
