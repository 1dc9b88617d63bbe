#include "harness/trial/run_recording.h"

#include <filesystem>
#include <utility>

#include "harness/machine/environment.h"
#include "harness/process/descriptor_limit.h"
#include "harness/trial/run.h"

namespace sockmark {
namespace {

std::string environment_in(const RunFolder& folder, const RunSetup& setup) {
  if (std::filesystem::exists(folder.path() / "environment.json")) {
    return folder.read("environment.json");
  }
  std::string environment =
      describe_environment(setup.cpus, setup.experiment.name);
  folder.write("environment.json", environment);
  return environment;
}

RunOutcome outcome_of(const Plan& plan, const RunSetup& setup,
                      const Interruption& interruption, bool is_whole) {
  return {
      .ended = is_whole ? std::string(to_string(plan.end())) : "interrupted",
      .interrupted_by = is_whole ? 0 : interruption.signal(),
      .reruns = plan.reruns(),
      .disturbed = plan.disturbed(),
      .ignores_noise = setup.experiment.ignore_noise,
      .wide = plan.wide_cells()};
}

}  // namespace

RunRecording record_run(RunFolder& folder, const RunSetup& setup,
                        const std::string& description, Plan& plan,
                        std::vector<TrialRecord> trials, bool quiet,
                        const Interruption& interruption, const GoOn& go_on) {
  raise_descriptor_limit();
  const std::string environment = environment_in(folder, setup);
  do {
    for (TrialRecord& record : run_plan(plan, setup.servers, setup.cpus, folder,
                                        quiet, interruption.noted())) {
      trials.push_back(std::move(record));
    }
  } while (!interruption.noted() && go_on && go_on(plan, trials));
  // Of one that might have gone on nobody knows whether it was whole.
  const bool is_cut = plan.next() || (go_on && interruption.noted());
  RunOutcome outcome = outcome_of(plan, setup, interruption, !is_cut);
  folder.write(
      "result.json",
      describe_result(folder.run(), outcome, description, environment, trials));
  return {.outcome = std::move(outcome), .trials = std::move(trials)};
}

}  // namespace sockmark
