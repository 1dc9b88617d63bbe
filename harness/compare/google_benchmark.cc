#include "harness/compare/google_benchmark.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>

#include "harness/compare/not_comparable.h"
#include "harness/text/located_json.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

constexpr int kNewestSchema = 1;

// Nanoseconds in a unit of time.
double scale_of(const LocatedJson& unit) {
  static const std::map<std::string, double> kUnits = {
      {"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};
  const auto found = kUnits.find(unit.text());
  if (found == kUnits.end()) unit.refuse("ns, us, ms or s");
  return found->second;
}

bool is_set(const LocatedJson& row, const char* key) {
  const auto flag = row.find(key);
  return flag && flag->flag();
}

std::string text_or(const LocatedJson& json, const char* key,
                    const std::string& fallback) {
  const auto found = json.find(key);
  return found ? found->text() : fallback;
}

// The times of a row, or why it has none.
void take(const LocatedJson& row, Benchmark& benchmark) {
  if (is_set(row, "error_occurred")) {
    benchmark.error = one_line(text_or(row, "error_message", "it failed"));
    return;
  }
  if (is_set(row, "skipped")) {
    benchmark.error = one_line(text_or(row, "skip_message", "skipped"));
    benchmark.is_skipped = true;
    return;
  }
  constexpr double kMost = 1e30;
  const double scale = scale_of(row.at("time_unit"));
  benchmark.real_time_ns.push_back(row.at("real_time").number(0, kMost) *
                                   scale);
  benchmark.cpu_time_ns.push_back(row.at("cpu_time").number(0, kMost) * scale);
}

struct Rows {
  std::vector<LocatedJson> repetitions;
  std::map<std::string, LocatedJson> aggregates;  // by aggregate_name
};

Benchmark benchmark_of(const std::string& name, const Rows& rows) {
  Benchmark benchmark;
  benchmark.name = name;
  for (const LocatedJson& row : rows.repetitions) take(row, benchmark);
  if (!rows.repetitions.empty()) return benchmark;
  benchmark.is_aggregate = true;
  for (const char* const kind : {"median", "mean"}) {
    const auto found = rows.aggregates.find(kind);
    if (found == rows.aggregates.end()) continue;
    take(found->second, benchmark);
    break;
  }
  return benchmark;
}

std::vector<Benchmark> benchmarks_in(const LocatedJson& json) {
  std::map<std::string, Rows> rows;
  std::vector<std::string> names;
  for (const LocatedJson& row : json.at("benchmarks").items()) {
    const std::string name = text_or(row, "run_name", row.at("name").text());
    const auto [known, is_new] = rows.try_emplace(name);
    if (is_new) names.push_back(name);
    if (text_or(row, "run_type", "iteration") == "aggregate") {
      known->second.aggregates.emplace(text_or(row, "aggregate_name", ""), row);
    } else {
      known->second.repetitions.push_back(row);
    }
  }
  std::vector<Benchmark> benchmarks;
  for (const std::string& name : names) {
    benchmarks.push_back(benchmark_of(name, rows.at(name)));
    // Neither repetitions nor a mean: of a complexity alone, say.
    const Benchmark& last = benchmarks.back();
    if (last.real_time_ns.empty() && last.error.empty()) benchmarks.pop_back();
  }
  return benchmarks;
}

// "Data 1: 32768 bytes of 2, ..."; nothing where none are told.
std::optional<std::string> caches_in(const LocatedJson& context) {
  const auto caches = context.find("caches");
  if (!caches) return std::nullopt;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  std::vector<std::string> texts;
  for (const LocatedJson& cache : caches->items()) {
    texts.push_back(fmt::format("{} {}: {} bytes", cache.at("type").text(),
                                cache.at("level").integer(0, kMost),
                                cache.at("size").integer(0, kMost)));
  }
  if (texts.empty()) return std::nullopt;
  return join(texts, ", ");
}

Fingerprint machine_in(const LocatedJson& context) {
  constexpr std::int64_t kMost = 1'000'000;
  const auto cpus = context.find("num_cpus");
  const auto build = context.find("library_build_type");
  const auto optional_text = [](const std::optional<LocatedJson>& found) {
    return found ? std::optional(found->text()) : std::nullopt;
  };
  Fingerprint machine;
  machine.traits = {
      {"num_cpus", "CPUs",
       cpus ? std::optional(std::to_string(cpus->integer(0, kMost)))
            : std::nullopt},
      {"caches", "caches", caches_in(context)},
      {"library_build_type", "build of the library", optional_text(build)}};
  return machine;
}

void refuse_newer(const LocatedJson& context, const std::string& file) {
  const auto version = context.find("json_schema_version");
  if (!version) return;  // before 1.8 it had none
  const auto number = version->integer(0, 1'000'000);
  if (number <= kNewestSchema) return;
  throw NotComparable(fmt::format(
      "{}: version {} of Google Benchmark's JSON is newer than the {} that "
      "this program knows: update sockmark",
      file, number, kNewestSchema));
}

std::string describe(const LocatedJson& context) {
  std::vector<std::string> parts;
  for (const char* const key : {"executable", "host_name"}) {
    const std::string text = text_or(context, key, "");
    if (!text.empty()) parts.push_back(text);
  }
  const std::string date = text_or(context, "date", "");
  if (!date.empty()) parts.push_back(date.substr(0, 10));
  return join(parts, ", ");
}

}  // namespace

BenchmarkFile read_google_benchmark(const std::filesystem::path& file) {
  const LocatedJson json = LocatedJson::read(file);
  const LocatedJson context = json.at("context");
  refuse_newer(context, file.string());
  BenchmarkFile result;
  result.name = file.string();
  result.description = describe(context);
  result.machine = machine_in(context);
  if (is_set(context, "cpu_scaling_enabled")) {
    result.notes.push_back("The CPU's clock was scaled while " + result.name +
                           " was measured.");
  }
  if (text_or(context, "library_build_type", "release") != "release") {
    result.notes.push_back(result.name +
                           " is of a library that was built for debugging.");
  }
  result.benchmarks = benchmarks_in(json);
  if (result.benchmarks.empty()) {
    json.at("benchmarks").fail("there is none with a time");
  }
  return result;
}

}  // namespace sockmark
