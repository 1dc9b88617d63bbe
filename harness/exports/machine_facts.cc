#include "harness/exports/machine_facts.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "harness/record/record.h"
#include "harness/text/text.h"
#include "harness/text/text_file.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// An empty object where there is no such file.
Json object_in(const fs::path& file) {
  if (!fs::exists(file)) return Json::object();
  Json json = Json::parse(read_text(file), nullptr, false);
  if (!json.is_object()) {
    throw std::runtime_error(file.string() +
                             " is damaged: no whole JSON object (the run can "
                             "be exported without that file)");
  }
  const Json version = json.value("schema_version", Json(kSchemaVersion));
  if (!version.is_number_integer() || version > kSchemaVersion) {
    throw std::runtime_error(fmt::format(
        "{}: schema version {} is newer than this program's {}: update "
        "sockmark",
        file.string(), version.dump(), kSchemaVersion));
  }
  return json;
}

// Null where it is missing.
const Json& at(const Json& json, const char* pointer) {
  static const Json nothing;
  const Json::json_pointer path(pointer);
  return json.contains(path) ? json.at(path) : nothing;
}

std::string text(const Json& json, const char* pointer) {
  const Json& value = at(json, pointer);
  return value.is_string() ? one_line(value.get<std::string>()) : "";
}

template <typename T>
std::optional<T> number(const Json& json, const char* pointer) {
  const Json& value = at(json, pointer);
  if (!value.is_number()) return std::nullopt;
  return value.get<T>();
}

std::optional<bool> flag(const Json& json, const char* pointer) {
  const Json& value = at(json, pointer);
  if (!value.is_boolean()) return std::nullopt;
  return value.get<bool>();
}

std::string command_in(const Json& environment) {
  std::vector<std::string> words;
  for (const Json& word : at(environment, "/argv")) {
    if (word.is_string()) words.push_back(one_line(word.get<std::string>()));
  }
  return join(words, " ");
}

// As /proc/loadavg begins.
std::vector<double> load_average_in(const Json& environment) {
  constexpr std::size_t kSpans = 3;
  std::istringstream numbers(text(environment, "/load_average"));
  std::vector<double> all;
  for (double one = 0; all.size() < kSpans && numbers >> one;) {
    all.push_back(one);
  }
  return all;
}

std::vector<MachineFacts::Cache> caches_in(const Json& environment) {
  std::vector<MachineFacts::Cache> all;
  for (const Json& cache : at(environment, "/topology/caches")) {
    const auto level = number<int>(cache, "/level");
    const auto size = number<std::int64_t>(cache, "/size_bytes");
    if (!level || !size) continue;
    all.push_back({.level = *level,
                   .type = text(cache, "/type"),
                   .size_bytes = *size,
                   .cpus = at(cache, "/cpus").size()});
  }
  return all;
}

}  // namespace

MachineFacts read_machine_facts(const fs::path& run_folder) {
  const Json result = object_in(run_folder / "result.json");
  Json environment = object_in(run_folder / "environment.json");
  if (environment.empty()) environment = at(result, "/environment");
  MachineFacts facts;
  facts.date = text(environment, "/date");
  facts.cpu_model = text(environment, "/cpu_model");
  facts.kernel = text(environment, "/kernel");
  facts.os = text(environment, "/os");
  facts.governor = text(environment, "/governor");
  facts.commit = text(environment, "/git_commit");
  facts.version = text(environment, "/sockmark_version");
  facts.compiler = text(environment, "/compiler");
  facts.build_type = text(environment, "/build_type");
  facts.preset = text(environment, "/preset");
  facts.command = command_in(environment);
  facts.cpus = number<int>(environment, "/cpus");
  facts.memory_bytes = number<std::int64_t>(environment, "/memory_bytes");
  facts.clock_hz = number<double>(environment, "/frequency/current_hz");
  facts.is_dirty = flag(environment, "/git_dirty");
  const std::string randomization =
      text(environment, "/sysctls/kernel.randomize_va_space");
  if (!randomization.empty()) {
    facts.randomizes_addresses = randomization != "0";
  }
  facts.load_average = load_average_in(environment);
  facts.caches = caches_in(environment);
  facts.was_interrupted = flag(result, "/interrupted").value_or(false);
  return facts;
}

}  // namespace sockmark
