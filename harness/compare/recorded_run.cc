#include "harness/compare/recorded_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/compare/not_comparable.h"
#include "harness/record/attempts.h"
#include "harness/record/stored_runs.h"
#include "harness/text/located_json.h"
#include "harness/text/text.h"
#include "harness/text/text_file.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// Its syntax is checked, with the line and column of a mistake.
LocatedJson read_whole(const std::string& text, const std::string& origin) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw std::runtime_error(origin + " is empty");
  }
  return LocatedJson::parse(text, origin);
}

void refuse_newer(const LocatedJson& json, const std::string& origin) {
  const auto version = json.find("schema_version");
  if (!version) json.refuse("what sockmark records, with a schema_version");
  const auto number = version->integer(1, 1'000'000);
  if (number <= kSchemaVersion) return;
  throw NotComparable(fmt::format(
      "{}: schema version {} is newer than this program's {}: update sockmark",
      origin, number, kSchemaVersion));
}

template <typename T>
std::optional<T> get(const Json& json, const char* pointer) {
  const Json::json_pointer at(pointer);
  if (!json.contains(at) || json.at(at).is_null()) return std::nullopt;
  return json.at(at).get<T>();
}

void take_environment(const std::string& text, const std::string& origin,
                      RecordedRun& run) {
  refuse_newer(read_whole(text, origin), origin);
  run.fingerprint = fingerprint_of(text, origin);
  try {
    const Json json = Json::parse(text, nullptr, true, true);
    run.date = get<std::string>(json, "/date").value_or("");
    run.commit = get<std::string>(json, "/git_commit");
    run.is_dirty = get<bool>(json, "/git_dirty");
    run.loadgen_sha256 = get<std::string>(json, "/binaries_sha256/loadgen");
  } catch (const Json::exception& bad) {
    throw std::runtime_error(origin + ": " + bad.what());
  }
}

void take_result(const Json& result, RecordedRun& run) {
  run.has_ended = !result.value("interrupted", true);
  if (!run.has_ended) run.notes.push_back(run.name + " was interrupted.");
  for (const Json& block : result.value("disturbed_blocks", Json::array())) {
    run.notes.push_back(fmt::format(
        "The environment of {} was too noisy: {} in round {}: {}.", run.name,
        block.value("workload", "a workload"), block.value("round", 0) + 1,
        block.value("reason", "no reason was given")));
  }
}

std::vector<TrialRecord> trials_in(const Json& result,
                                   const std::string& origin) {
  std::vector<TrialRecord> trials;
  for (const Json& trial : result.at("trials")) {
    try {
      trials.push_back(parse_trial(trial.dump()));
    } catch (const std::exception& bad) {
      throw std::runtime_error(fmt::format("{}: \"trials\"[{}]: {}", origin,
                                           trials.size(), bad.what()));
    }
  }
  return trials;
}

// What does not have the types that a result.json has.
template <typename Read>
auto with_origin(const std::string& origin, Read read) {
  try {
    return read();
  } catch (const Json::exception& bad) {
    throw std::runtime_error(origin + ": no result of a run: " + bad.what());
  }
}

std::vector<TrialRecord> read_result_file(const fs::path& file,
                                          RecordedRun& run) {
  const std::string text = read_text(file);
  const LocatedJson located = read_whole(text, file.string());
  refuse_newer(located, file.string());
  located.at("environment").members();
  located.at("trials").items();
  return with_origin(file.string(), [&] {
    const Json result = Json::parse(text, nullptr, true, true);
    run.run = result.value("run", "");
    take_environment(result.at("environment").dump(), file.string(), run);
    take_result(result, run);
    return trials_in(result, file.string());
  });
}

// Trials that result.json has and trials.jsonl lost are no accident to pass
// over.
void hold_against_result(const fs::path& file, std::size_t trials,
                         RecordedRun& run) {
  std::error_code unknown;
  if (!fs::exists(file, unknown)) {
    run.has_ended = false;
    run.notes.push_back(run.name +
                        " has no result.json: it has not ended, or "
                        "only a part of it was kept.");
    return;
  }
  const std::string text = read_text(file);
  const LocatedJson located = read_whole(text, file.string());
  const std::size_t recorded = located.at("trials").items().size();
  if (recorded != trials) {
    throw std::runtime_error(fmt::format(
        "{}: {} trials, where result.json beside it has {}: one of "
        "the two was cut off",
        (file.parent_path() / "trials.jsonl").string(), trials, recorded));
  }
  with_origin(file.string(), [&] {
    take_result(Json::parse(text, nullptr, true, true), run);
  });
}

std::vector<TrialRecord> read_folder(const fs::path& folder, RecordedRun& run) {
  const fs::path environment = folder / "environment.json";
  take_environment(read_text(environment), environment.string(), run);
  auto trials = read_trials(folder);
  // The folder's own name, behind which there may be a slash.
  const fs::path whole = fs::absolute(folder / ".").lexically_normal();
  run.run = whole.parent_path().filename().string();
  hold_against_result(folder / "result.json", trials.size(), run);
  return trials;
}

}  // namespace

RecordedRun read_recorded_run(const std::string& asked,
                              const fs::path& results) {
  RecordedRun run;
  run.name = asked;
  std::error_code unknown;
  const fs::path place = fs::is_regular_file(asked, unknown)
                             ? fs::path(asked)
                             : find_run(asked, results);
  run.origin = place.string();
  auto trials = fs::is_directory(place, unknown) ? read_folder(place, run)
                                                 : read_result_file(place, run);
  if (trials.empty()) throw std::runtime_error(run.origin + " has no trials");
  run.trials = latest_attempts(std::move(trials));
  return run;
}

std::string description_of(const RecordedRun& run) {
  std::vector<std::string> parts;
  if (run.commit) parts.push_back("commit " + *run.commit);
  if (run.is_dirty.value_or(false)) parts.emplace_back("changed since");
  if (!run.date.empty()) parts.push_back(run.date.substr(0, 10));
  int rounds = 0;
  for (const TrialRecord& trial : run.trials) {
    rounds = std::max(rounds, trial.round + 1);
  }
  parts.push_back(fmt::format("{} round{}", rounds, rounds == 1 ? "" : "s"));
  return join(parts, ", ");
}

bool is_google_benchmark(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false, true);
  return json.is_object() && json.contains("benchmarks");
}

}  // namespace sockmark
