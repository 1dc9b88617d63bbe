#include "harness/run.h"

#include "harness/cpus.h"
#include "harness/environment.h"
#include "harness/plan.h"
#include "harness/progress.h"
#include "harness/trial.h"

namespace sockmark {

std::vector<TrialRecord> run_experiment(const Experiment& experiment,
                                        const std::vector<ServerSpec>& models,
                                        RunFolder& folder, bool quiet,
                                        const std::atomic<bool>& stop) {
  const CpuPlan cpus = split_cpus();
  const std::string environment = describe_environment(cpus, experiment.name);
  folder.write("environment.json", environment);
  const auto plan = plan_trials(models.size(), experiment);
  std::vector<TrialRecord> records;
  Progress progress(plan.size(), expected_duration(plan, experiment), quiet);
  for (const PlannedTrial& trial : plan) {
    if (stop) break;
    const ServerSpec& model = models[trial.server];
    const Workload& workload = experiment.workloads[trial.workload];
    progress.starting(model.name, workload);
    TrialRecord record = run_trial(trial, model, workload, cpus, stop);
    record.run = folder.run();
    folder.append(record);
    progress.finished(record);
    records.push_back(std::move(record));
  }
  folder.write("result.json", describe_result(folder.run(), experiment,
                                              environment, records, stop));
  return records;
}

}  // namespace sockmark
