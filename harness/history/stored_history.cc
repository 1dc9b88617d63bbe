#include "harness/history/stored_history.h"

#include <algorithm>
#include <exception>
#include <tuple>
#include <utility>

#include "harness/history/whole_trials.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

struct Candidate {
  fs::path folder;
  StoredRunFacts facts;
};

// The folder is named beside it.
std::string reason_in(const std::exception& bad, const fs::path& folder) {
  std::string reason = one_line(bad.what());
  const std::string prefix = (folder / "").string();
  if (reason.starts_with(prefix)) reason.erase(0, prefix.size());
  return reason;
}

std::vector<Candidate> candidates_in(const fs::path& results,
                                     std::vector<LeftOutRun>& left_out) {
  std::vector<Candidate> candidates;
  for (const fs::path& folder : folders_in(results)) {
    try {
      candidates.push_back({.folder = folder, .facts = read_facts(folder)});
    } catch (const std::exception& bad) {
      left_out.push_back({.run = folder.filename().string(),
                          .reason = reason_in(bad, folder)});
    }
  }
  std::sort(candidates.begin(), candidates.end(),
            [](const auto& a, const auto& b) {
              return std::tie(b.facts.date, b.facts.name) <
                     std::tie(a.facts.date, a.facts.name);
            });
  return candidates;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() ||
         std::find(names.begin(), names.end(), name) != names.end();
}

// Those that are asked for. What there is goes into `stored`.
std::vector<TrialRecord> wanted(std::vector<TrialRecord> trials,
                                const HistoryQuery& query,
                                StoredHistory& stored) {
  for (const TrialRecord& trial : trials) {
    stored.servers.insert(trial.server.name);
    stored.workloads.insert(trial.workload.name);
  }
  std::erase_if(trials, [&query](const TrialRecord& trial) {
    return !contains(query.servers, trial.server.name) ||
           !contains(query.workloads, trial.workload.name);
  });
  return trials;
}

// Why a run may not stand in a series with those of `machine`; nothing if it
// may.
std::optional<LeftOutRun> misfit(const StoredRunFacts& facts,
                                 const std::optional<Fingerprint>& machine) {
  if (!facts.machine) {
    return LeftOutRun{.run = facts.name,
                      .reason = "it does not say on which machine it was run",
                      .is_of_another_machine = true};
  }
  std::string other = machine ? instead_of(*facts.machine, *machine) : "";
  if (other.empty()) return std::nullopt;
  return LeftOutRun{.run = facts.name,
                    .reason = std::move(other),
                    .is_of_another_machine = true};
}

}  // namespace

StoredHistory read_history(const HistoryQuery& query) {
  StoredHistory stored;
  std::optional<Fingerprint> machine;
  for (Candidate& run : candidates_in(query.results, stored.left_out)) {
    if (query.last && stored.runs.size() == *query.last) break;
    if (!query.any_machine) {
      if (auto left_out = misfit(run.facts, machine)) {
        stored.left_out.push_back(std::move(*left_out));
        continue;
      }
    }
    try {
      WholeTrials whole = read_whole_trials(run.folder);
      run.facts.has_ended = whole.has_ended;
      const auto trials = wanted(std::move(whole.trials), query, stored);
      auto cells = measure(trials, query.metric);
      if (cells.empty()) continue;
      if (!machine) machine = run.facts.machine;
      stored.runs.push_back(
          {.facts = std::move(run.facts), .cells = std::move(cells)});
    } catch (const std::exception& bad) {
      stored.left_out.push_back(
          {.run = run.facts.name, .reason = reason_in(bad, run.folder)});
    }
  }
  return stored;
}

}  // namespace sockmark
