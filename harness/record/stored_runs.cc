#include "harness/record/stored_runs.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/record/attempts.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;

bool is_run(const fs::path& folder) {
  return fs::exists(folder / "trials.jsonl");
}

}  // namespace

fs::path find_run(const std::string& run, const fs::path& results) {
  if (run != "latest") {
    for (const fs::path& folder : {fs::path(run), results / run}) {
      if (is_run(folder)) return folder;
    }
    throw std::runtime_error("no run '" + run + "': neither it nor " +
                             (results / run).string() + " has a trials.jsonl");
  }
  fs::path latest;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(results, none)) {
    const bool starts_with_date =
        entry.path().filename().string().starts_with('2');
    if (starts_with_date && is_run(entry.path())) {
      latest = std::max(latest, entry.path());
    }
  }
  if (latest.empty()) {
    throw std::runtime_error("no run in " + results.string() +
                             " yet: sockmark run makes one");
  }
  return latest;
}

bool is_finished(const fs::path& run_folder) {
  std::ifstream file(run_folder / "result.json");
  const auto result = nlohmann::json::parse(file, nullptr, false);
  return result.is_object() && !result.value("interrupted", true);
}

std::vector<TrialRecord> counting_trials(const fs::path& run_folder) {
  return latest_attempts(read_trials(run_folder));
}

}  // namespace sockmark
