#include "harness/trial/run_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/cells/cells.h"
#include "harness/process/exit_statuses.h"
#include "harness/text/or_null.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const DisturbedBlock& block) {
  return {{"workload", block.workload.name},
          {"workload_hash", hash_of(block.workload)},
          {"round", block.round},
          {"reason", block.reason}};
}

Json to_json(const WideCell& cell) {
  return {{"server", cell.server},
          {"workload", cell.workload.name},
          {"workload_hash", hash_of(cell.workload)},
          {"tool", cell.workload.tool},
          {"relative_error", or_null(cell.relative_error)}};
}

template <typename T>
Json list_of(const std::vector<T>& items) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(to_json(item));
  return list;
}

int rounds_in(const std::vector<TrialRecord>& trials) {
  int rounds = 0;
  for (const TrialRecord& trial : trials) {
    rounds = std::max(rounds, trial.round + 1);
  }
  return rounds;
}

}  // namespace

std::string describe_result(const std::string& run, const RunOutcome& outcome,
                            const std::string& setup,
                            const std::string& environment,
                            const std::vector<TrialRecord>& trials) {
  const Json plan = Json::parse(setup);
  Json json = {{"schema_version", kSchemaVersion},
               {"run", run},
               {"preset", plan.at("experiment").at("name")},
               {"rounds", rounds_in(trials)},
               {"seed", plan.at("experiment").at("seed")},
               {"interrupted", outcome.interrupted_by != 0},
               {"ended", outcome.ended},
               {"reruns", outcome.reruns},
               {"disturbed_blocks", list_of(outcome.disturbed)},
               {"wide_cells", list_of(outcome.wide)},
               {"measured_share", or_null(measured_share(trials))}};
  for (const char* const key : {"experiment", "models", "manifest", "servers",
                                "tools", "cpu_plan", "sockmark_version"}) {
    json[key] = plan.at(key);
  }
  if (plan.contains("sides")) json["sides"] = plan["sides"];
  json["environment"] = Json::parse(environment);
  json["trials"] = Json::array();
  for (const TrialRecord& trial : trials) {
    json["trials"].push_back(Json::parse(to_json_line(trial)));
  }
  return json.dump(1);
}

std::optional<double> measured_share(const std::vector<TrialRecord>& trials) {
  double measured = 0;
  double elapsed = 0;
  for (const TrialRecord& trial : trials) {
    elapsed += static_cast<double>(trial.elapsed_ns);
    if (!trial.load) continue;
    measured += static_cast<double>(trial.load->measured_ns.value_or(0));
  }
  if (elapsed <= 0) return std::nullopt;
  return measured / elapsed;
}

std::vector<std::string> notes_on_run(const RunOutcome& outcome,
                                      std::optional<double> precision) {
  std::vector<std::string> notes;
  if (outcome.reruns > 0) {
    notes.push_back(fmt::format(
        "Blocks (a workload in a round) that were disturbed and run again: {}.",
        outcome.reruns));
  }
  for (const DisturbedBlock& block : outcome.disturbed) {
    notes.push_back(fmt::format("environment too noisy: {}, in round {}: {}.",
                                describe(block.workload), block.round + 1,
                                block.reason));
  }
  if (outcome.ended == to_string(PlanEnd::time_budget)) {
    notes.emplace_back("The time budget ended the run.");
  }
  for (const WideCell& cell : outcome.wide) {
    const std::string error = cell.relative_error
                                  ? "±" + format_percent(*cell.relative_error)
                                  : "too few rounds to say";
    notes.push_back(fmt::format(
        "wider than the precision of {}: {} {} ({} connections, {}): {}.",
        format_percent(precision.value_or(0)), cell.workload.name, cell.server,
        cell.workload.connections, cell.workload.tool, error));
  }
  return notes;
}

int exit_status_of(const RunOutcome& outcome,
                   const std::vector<TrialRecord>& trials) {
  if (outcome.interrupted_by != 0) {
    return exit_status_of_signal(outcome.interrupted_by);
  }
  const auto has_failed = [](const TrialRecord& trial) {
    return trial.status != TrialStatus::ok &&
           trial.status != TrialStatus::unavailable;
  };
  if (std::any_of(trials.begin(), trials.end(), has_failed)) {
    return kExitServerFailed;
  }
  return outcome.disturbed.empty() || outcome.ignores_noise ? kExitOk
                                                            : kExitTooNoisy;
}

}  // namespace sockmark
