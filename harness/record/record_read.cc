// JSON -> trial record. Lenient: only what tells one trial from another has to
// be there.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/record/record.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

// The enumerator of that name; `last` is the last one there is.
template <typename Enum>
Enum from_string(const std::string& text, Enum last) {
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    if (to_string(static_cast<Enum>(value)) == text) {
      return static_cast<Enum>(value);
    }
  }
  throw std::runtime_error("unknown status '" + text + "'");
}

// The value at `pointer`, or nothing where it is missing or null.
template <typename T>
std::optional<T> get(const Json& json, const char* pointer) {
  const Json::json_pointer at(pointer);
  if (!json.contains(at) || json.at(at).is_null()) return std::nullopt;
  return json.at(at).get<T>();
}

template <typename T>
T get_or(const Json& json, const char* pointer, T fallback) {
  return get<T>(json, pointer).value_or(std::move(fallback));
}

Verdict verdict_in(const Json& json) {
  return {.status =
              from_string(get_or<std::string>(json, "/verdict/status", "valid"),
                          Verdict::Status::invalid),
          .reasons =
              get_or<std::vector<std::string>>(json, "/verdict/reasons", {})};
}

Workload workload_in(const Json& json) {
  const Json& w = json.at("workload");
  return {.name = w.at("name"),
          .tool = w.at("tool"),
          .connections = w.at("connections"),
          .keep_alive = w.at("keep_alive"),
          .rate_per_second = get<double>(w, "/rate_per_second"),
          .body_bytes = get_or<std::uint64_t>(w, "/body_bytes", 0),
          .work = get_or<std::string>(w, "/work", "none"),
          .idle_connections = get_or<std::uint64_t>(w, "/idle_connections", 0),
          .warmup_ns = get_or<std::int64_t>(w, "/warmup_ns", 0),
          .duration_ns = get_or<std::int64_t>(w, "/duration_ns", 0)};
}

Resources resources_in(const Json& json) {
  const Json r = json.value("resources", Json::object());
  return {
      .cpu_user_ns = get<std::int64_t>(r, "/cpu_user_ns"),
      .cpu_system_ns = get<std::int64_t>(r, "/cpu_system_ns"),
      .cpu_ns_per_request = get<double>(r, "/cpu_ns_per_request"),
      .cpu_source = get<std::string>(r, "/cpu_source"),
      .context_switches_voluntary =
          get<std::int64_t>(r, "/context_switches_voluntary"),
      .context_switches_involuntary =
          get<std::int64_t>(r, "/context_switches_involuntary"),
      .system_calls_per_request = get<double>(r, "/system_calls_per_request"),
      .peak_rss_bytes = get<std::int64_t>(r, "/peak_rss_bytes"),
      .pss_idle_bytes = get<std::int64_t>(r, "/pss_idle_bytes"),
      .pss_loaded_bytes = get<std::int64_t>(r, "/pss_loaded_bytes"),
      .pss_bytes_per_connection = get<double>(r, "/pss_bytes_per_connection"),
      .threads_peak = get<int>(r, "/threads_peak"),
      .processes_peak = get<int>(r, "/processes_peak"),
      .fds_peak = get<int>(r, "/fds_peak"),
      .leaked = {.fds = get<int>(r, "/leaked/fds"),
                 .threads = get<int>(r, "/leaked/threads"),
                 .processes = get<int>(r, "/leaked/processes"),
                 .zombies = get<int>(r, "/leaked/zombies")},
      .unavailable = get_or<AbsenceReasons>(r, "/unavailable", {})};
}

MachineUse machine_in(const Json& json) {
  const Json m = json.value("machine", Json::object());
  return {
      .window_ns = get<std::int64_t>(m, "/window_ns"),
      .cpus = get<int>(m, "/cpus"),
      .harness_cpu_ns = get<std::int64_t>(m, "/harness_cpu_ns"),
      .foreign_cpu_ns = get<std::int64_t>(m, "/foreign_cpu_ns"),
      .steal_ns = get<std::int64_t>(m, "/steal_ns"),
      .cpu_pressure = get<double>(m, "/cpu_pressure"),
      .listen_overflows = get<std::int64_t>(m, "/listen_overflows"),
      .listen_drops = get<std::int64_t>(m, "/listen_drops"),
      .retransmitted_segments = get<std::int64_t>(m, "/retransmitted_segments"),
      .time_wait_sockets = get<std::int64_t>(m, "/time_wait_sockets"),
      .unavailable = get_or<AbsenceReasons>(m, "/unavailable", {})};
}

std::optional<ServerCounts> server_counts_in(const Json& json) {
  const auto requests =
      get<std::uint64_t>(json, "/server_counts/requests_answered");
  if (!requests) return std::nullopt;
  return ServerCounts{.connections_accepted = get_or<std::uint64_t>(
                          json, "/server_counts/connections_accepted", 0),
                      .requests_answered = *requests};
}

LoadResult load_in(const Json& json) {
  LoadResult load;
  load.requests_per_second = get<double>(json, "/requests_per_second");
  load.completed = get<std::uint64_t>(json, "/requests/completed");
  load.bytes_received = get<std::uint64_t>(json, "/bytes/received");
  load.lifetime_requests =
      get<std::uint64_t>(json, "/lifetime/requests_started");
  load.lifetime_answers = get<std::uint64_t>(json, "/lifetime/answers");
  load.lifetime_connections =
      get<std::uint64_t>(json, "/lifetime/connections_opened");
  load.tool_version = get<std::string>(json, "/tool/version");
  load.measured_ns = get<std::int64_t>(json, "/achieved/measured_ns");
  load.connections_served = get<int>(json, "/connections/served");
  if (json.contains("requests") && json["requests"].contains("errors")) {
    for (const auto& [kind, count] : json["requests"]["errors"].items()) {
      if (count.is_null()) continue;
      load.errors = load.errors.value_or(0) + count.get<std::uint64_t>();
    }
  }
  load.latency = {.mean = get<double>(json, "/latency_ns/mean"),
                  .p50 = get<double>(json, "/latency_ns/p50"),
                  .p90 = get<double>(json, "/latency_ns/p90"),
                  .p99 = get<double>(json, "/latency_ns/p99"),
                  .p99_9 = get<double>(json, "/latency_ns/p99_9"),
                  .max = get<double>(json, "/latency_ns/max")};
  load.verdict = verdict_in(json);
  load.json = json.dump();
  return load;
}

void refuse_newer_schema(const Json& json) {
  const int version = get_or(json, "/schema_version", kSchemaVersion);
  if (version <= kSchemaVersion) return;
  throw std::runtime_error(fmt::format(
      "schema version {} is newer than this program's {}: update sockmark",
      version, kSchemaVersion));
}

template <typename Parse>
auto with_plain_errors(std::string_view text, Parse parse) {
  try {
    const Json json = Json::parse(text);
    refuse_newer_schema(json);
    return parse(json);
  } catch (const Json::exception& bad) {
    throw std::runtime_error(bad.what());
  }
}

TrialRecord trial_in(const Json& json) {
  TrialRecord record;
  record.run = get_or<std::string>(json, "/run", "");
  record.index = json.at("trial").at("index");
  record.round = json.at("trial").at("round");
  record.order = json.at("trial").at("order");
  record.attempt = get_or(json, "/trial/attempt", 0);
  record.started_unix_ns =
      get_or<std::int64_t>(json, "/trial/started_unix_ns", 0);
  record.elapsed_ns = get_or<std::int64_t>(json, "/trial/elapsed_ns", 0);
  record.server = {
      .name = json.at("server").at("name"),
      .argv = get_or<std::vector<std::string>>(json, "/server/argv", {}),
      .sha256 = get<std::string>(json, "/server/sha256"),
      .manifest = get<std::string>(json, "/server/manifest"),
      .reply_bytes = get<std::uint64_t>(json, "/server/reply_bytes"),
      .family = get<std::string>(json, "/server/family"),
      .arm = get<std::string>(json, "/server/arm")};
  record.workload = workload_in(json);
  record.status = from_string(json.at("status"), TrialStatus::unavailable);
  if (json.contains("load") && !json["load"].is_null()) {
    record.load = load_in(json["load"]);
  }
  record.resources = resources_in(json);
  record.machine = machine_in(json);
  record.server_counts = server_counts_in(json);
  record.tool_cpu_ns = get<std::int64_t>(json, "/tool_cpu_ns");
  record.verdict = verdict_in(json);
  record.error = get_or<std::string>(json, "/error", "");
  record.stderr_tail = get_or<std::string>(json, "/stderr_tail", "");
  return record;
}

}  // namespace

TrialRecord parse_trial(std::string_view json_line) {
  return with_plain_errors(json_line, trial_in);
}

LoadResult parse_load(std::string_view json) {
  return with_plain_errors(json, load_in);
}

}  // namespace sockmark
