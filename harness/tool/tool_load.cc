#include "harness/tool/tool_load.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "harness/text/or_null.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kManyErrors = 0.01;

Json errors_of(const ToolLoad& said) {
  return {{"connect", or_null(said.connect)},
          {"timeout", or_null(said.timeout)},
          {"reset", nullptr},
          {"closed", nullptr},
          {"status", or_null(said.status)},
          {"body", or_null(said.body)},
          {"parse", nullptr},
          {"local", nullptr},
          {"socket", or_null(said.socket)}};
}

Json verdict_on(const ToolLoad& said, const Json& errors) {
  std::uint64_t all = 0;
  std::vector<std::string> kinds;
  for (const auto& [kind, count] : errors.items()) {
    if (count.is_null()) continue;
    all += count.get<std::uint64_t>();
    kinds.push_back(fmt::format("{} {}", kind, count.get<std::uint64_t>()));
  }
  Json reasons = Json::array();
  if (said.completed == 0) {
    reasons.push_back("no request was answered as expected");
  }
  if (all > 0) {
    reasons.push_back(fmt::format("{} counted {} errors: {}", said.name, all,
                                  join(kinds, ", ")));
  }
  const bool is_invalid =
      said.completed == 0 ||
      static_cast<double>(all) >
          kManyErrors * static_cast<double>(said.completed + all);
  return {{"status", is_invalid        ? "invalid"
                     : reasons.empty() ? "valid"
                                       : "suspect"},
          {"reasons", reasons}};
}

Json latency_of(const ToolLoad& said) {
  return {{"count", nullptr},           {"min", or_null(said.min)},
          {"mean", or_null(said.mean)}, {"stdev", or_null(said.stdev)},
          {"p50", or_null(said.p50)},   {"p90", or_null(said.p90)},
          {"p99", or_null(said.p99)},   {"p99_9", nullptr},
          {"max", or_null(said.max)},   {"histogram", nullptr}};
}

}  // namespace

LoadResult load_of(const ToolLoad& said) {
  const Json errors = errors_of(said);
  const Json json = {
      {"schema_version", kSchemaVersion},
      {"tool",
       {{"name", said.name}, {"version", nullptr}, {"engine", said.engine}}},
      {"requested", {{"connections", or_null(said.connections)}}},
      {"achieved",
       {{"connections", nullptr},
        {"rate_per_second", said.requests_per_second},
        {"measured_ns", or_null(said.measured_ns)}}},
      {"requests",
       {{"started", nullptr},
        {"completed", said.completed},
        {"in_flight", nullptr},
        {"errors", errors}}},
      {"connections", nullptr},
      {"bytes",
       {{"sent", nullptr}, {"received", or_null(said.bytes_received)}}},
      {"requests_per_second", said.requests_per_second},
      {"latency_ns", latency_of(said)},
      {"service_ns", nullptr},
      {"phases_ns", nullptr},
      {"series", nullptr},
      {"generator", nullptr},
      {"verdict", verdict_on(said, errors)}};
  return parse_load(json.dump());
}

}  // namespace sockmark
