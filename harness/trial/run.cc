#include "harness/trial/run.h"

#include <utility>

#include "harness/plan/progress.h"
#include "harness/trial/trial.h"

namespace sockmark {
namespace {

// One that was done before the stop counts; what the stop broke is no fault of
// the server.
void mark_if_interrupted(TrialRecord& record) {
  if (record.status == TrialStatus::ok) return;
  record.status = TrialStatus::interrupted;
  record.error = "interrupted";
  record.verdict = {.status = Verdict::Status::invalid,
                    .reasons = {record.error}};
}

}  // namespace

std::vector<TrialRecord> run_plan(Plan& plan,
                                  const std::vector<ServerSpec>& servers,
                                  const CpuPlan& cpus, RunFolder& folder,
                                  bool quiet, const std::atomic<bool>& stop) {
  std::vector<TrialRecord> records;
  Progress progress(quiet);
  while (!stop) {
    const auto trial = plan.next();
    if (!trial) break;
    const ServerSpec& server = servers[trial->server];
    const auto done = static_cast<std::size_t>(trial->index);
    progress.starting(server.name, trial->workload,
                      {.done = done,
                       .trials = plan.expected_trials(),
                       .left = plan.expected_left()});
    TrialRecord record = run_trial(*trial, server, cpus, stop);
    if (stop) mark_if_interrupted(record);
    record.run = folder.run();
    folder.append(record);
    plan.add(record);
    progress.finished(record, expected_duration(trial->workload),
                      {.done = done + 1, .trials = plan.expected_trials()});
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace sockmark
