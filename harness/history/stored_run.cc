#include "harness/history/stored_run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "harness/record/record.h"
#include "harness/text/text_file.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// Only as far as it takes: the file may be large.
void require_whole_trials(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("it has no trials.jsonl");
  stream.seekg(0, std::ios::end);
  if (stream.tellg() <= 0) throw std::runtime_error("it has no trial");
  stream.seekg(-1, std::ios::end);
  if (stream.get() != '\n') {
    throw std::runtime_error(
        "trials.jsonl is cut off within its last line "
        "(sockmark run --resume goes on with it)");
  }
}

void refuse_newer(const Json& json, const char* name) {
  const Json version = json.value("schema_version", Json(kSchemaVersion));
  if (!version.is_number_integer()) {
    throw std::runtime_error(fmt::format("{} is none of sockmark's", name));
  }
  if (version.get<std::int64_t>() > kSchemaVersion) {
    throw std::runtime_error(
        fmt::format("{} has the schema version {}, which is newer than this "
                    "program's {}: update sockmark",
                    name, version.dump(), kSchemaVersion));
  }
}

// Null where there is no such file.
Json read_object(const fs::path& folder, const char* name) {
  if (!fs::exists(folder / name)) return nullptr;
  Json json = Json::parse(read_text(folder / name), nullptr, false);
  if (!json.is_object()) {
    throw std::runtime_error(fmt::format("{} is damaged", name));
  }
  refuse_newer(json, name);
  return json;
}

// Null where it is in neither file.
struct Environment {
  Json json;
  const char* origin;
};

Environment environment_in(const fs::path& folder) {
  const char* const own = "environment.json";
  const char* const whole = "result.json";
  Json environment = read_object(folder, own);
  if (!environment.is_null()) return {std::move(environment), own};
  const Json result = read_object(folder, whole);
  if (result.is_null()) return {Json(), whole};
  return {result.value("environment", Json()), whole};
}

template <typename T>
std::optional<T> get(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) return std::nullopt;
  if constexpr (std::is_same_v<T, bool>) {
    if (!json[key].is_boolean()) return std::nullopt;
  } else {
    if (!json[key].is_string()) return std::nullopt;
  }
  return json[key].get<T>();
}

bool is_date(const std::string& text) {
  static const std::regex kDate(
      R"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z)");
  return std::regex_match(text, kDate);
}

TrialRecord first_trial(const fs::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  try {
    return parse_trial(line);
  } catch (const std::runtime_error& bad) {
    throw std::runtime_error(fmt::format("trials.jsonl:1: {}", bad.what()));
  }
}

std::string date_of(const Json& environment, const fs::path& trials) {
  const auto date = get<std::string>(environment, "date");
  if (date && is_date(*date)) return *date;
  const TrialRecord first = first_trial(trials);
  if (first.started_unix_ns <= 0) {
    throw std::runtime_error("nothing in it says when it was run");
  }
  constexpr std::int64_t kSecond = 1'000'000'000;
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::time_t{first.started_unix_ns / kSecond}));
}

}  // namespace

StoredRunFacts read_facts(const fs::path& run_folder) {
  const fs::path trials = run_folder / "trials.jsonl";
  require_whole_trials(trials);
  const auto [environment, origin] = environment_in(run_folder);
  StoredRunFacts facts;
  facts.name = run_folder.filename().string();
  facts.date = date_of(environment, trials);
  facts.commit = get<std::string>(environment, "git_commit");
  facts.dirty = get<bool>(environment, "git_dirty");
  if (!environment.is_null()) {
    facts.machine = fingerprint_of(environment.dump(), origin);
  }
  return facts;
}

std::vector<fs::path> folders_in(const fs::path& results) {
  if (!fs::exists(results)) return {};
  std::error_code failed;
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(results, failed)) {
    std::error_code gone;
    const bool is_hidden = entry.path().filename().string().starts_with('.');
    if (entry.is_directory(gone) && !is_hidden) {
      folders.push_back(entry.path());
    }
  }
  if (failed) {
    throw std::runtime_error(
        fmt::format("cannot read {}: {}", results.string(), failed.message()));
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

}  // namespace sockmark
