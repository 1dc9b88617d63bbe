#include "harness/exports/google_benchmark_context.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

Json caches_of(const MachineFacts& machine) {
  Json caches = Json::array();
  for (const MachineFacts::Cache& cache : machine.caches) {
    caches.push_back({{"type", cache.type},
                      {"level", cache.level},
                      {"size", cache.size_bytes},
                      {"num_sharing", cache.cpus}});
  }
  return caches;
}

// GB's is local time with its offset.
std::string with_offset(std::string date) {
  if (date.ends_with('Z')) date.replace(date.size() - 1, 1, "+00:00");
  return date;
}

template <typename T>
void put(Json& json, const char* key, const std::optional<T>& value) {
  if (value) json[key] = *value;
}

void put_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

}  // namespace

std::string google_benchmark_context(const ExportedRun& run) {
  constexpr double kHzPerMhz = 1e6;
  const MachineFacts& machine = run.machine;
  Json context = {{"date", with_offset(machine.date)},
                  {"host_name", ""},
                  {"executable", "sockmark"}};
  put(context, "num_cpus", machine.cpus);
  if (machine.clock_hz) {
    context["mhz_per_cpu"] = std::llround(*machine.clock_hz / kHzPerMhz);
  }
  if (!machine.governor.empty()) {
    context["cpu_scaling_enabled"] = machine.governor != "performance";
  }
  put(context, "aslr_enabled", machine.randomizes_addresses);
  context["caches"] = caches_of(machine);
  context["load_avg"] = machine.load_average;
  context["library_version"] = machine.version;
  if (!machine.build_type.empty()) {
    context["library_build_type"] =
        machine.build_type == "Debug" ? "debug" : "release";
  }
  context["json_schema_version"] = 1;
  context["sockmark_run"] = run.name;
  put_text(context, "cpu_model", machine.cpu_model);
  put_text(context, "kernel", machine.kernel);
  put_text(context, "git_commit", machine.commit);
  return context.dump();
}

}  // namespace sockmark
