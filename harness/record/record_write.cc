// Trial record -> JSON.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/record/record.h"
#include "harness/record/workload_json.h"
#include "harness/text/or_null.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Verdict& verdict) {
  return {{"status", to_string(verdict.status)}, {"reasons", verdict.reasons}};
}

Json to_json(const Resources& r) {
  return {
      {"cpu_user_ns", or_null(r.cpu_user_ns)},
      {"cpu_system_ns", or_null(r.cpu_system_ns)},
      {"cpu_ns_per_request", or_null(r.cpu_ns_per_request)},
      {"cpu_source", or_null(r.cpu_source)},
      {"context_switches_voluntary", or_null(r.context_switches_voluntary)},
      {"context_switches_involuntary", or_null(r.context_switches_involuntary)},
      {"system_calls_per_request", or_null(r.system_calls_per_request)},
      {"peak_rss_bytes", or_null(r.peak_rss_bytes)},
      {"pss_idle_bytes", or_null(r.pss_idle_bytes)},
      {"pss_loaded_bytes", or_null(r.pss_loaded_bytes)},
      {"pss_bytes_per_connection", or_null(r.pss_bytes_per_connection)},
      {"threads_peak", or_null(r.threads_peak)},
      {"processes_peak", or_null(r.processes_peak)},
      {"fds_peak", or_null(r.fds_peak)},
      {"leaked",
       {{"fds", or_null(r.leaked.fds)},
        {"threads", or_null(r.leaked.threads)},
        {"processes", or_null(r.leaked.processes)},
        {"zombies", or_null(r.leaked.zombies)}}},
      {"unavailable", r.unavailable}};
}

Json to_json(const MachineUse& m) {
  return {{"window_ns", or_null(m.window_ns)},
          {"cpus", or_null(m.cpus)},
          {"harness_cpu_ns", or_null(m.harness_cpu_ns)},
          {"foreign_cpu_ns", or_null(m.foreign_cpu_ns)},
          {"steal_ns", or_null(m.steal_ns)},
          {"cpu_pressure", or_null(m.cpu_pressure)},
          {"listen_overflows", or_null(m.listen_overflows)},
          {"listen_drops", or_null(m.listen_drops)},
          {"retransmitted_segments", or_null(m.retransmitted_segments)},
          {"time_wait_sockets", or_null(m.time_wait_sockets)},
          {"unavailable", m.unavailable}};
}

Json to_json(const std::optional<ServerCounts>& counts) {
  if (!counts) return nullptr;
  return {{"connections_accepted", counts->connections_accepted},
          {"requests_answered", counts->requests_answered}};
}

Json to_json(const ServerIdentity& server) {
  return {{"name", server.name},
          {"argv", server.argv},
          {"sha256", or_null(server.sha256)},
          {"manifest", or_null(server.manifest)},
          {"reply_bytes", or_null(server.reply_bytes)},
          {"family", or_null(server.family)},
          {"arm", or_null(server.arm)}};
}

}  // namespace

std::string to_json_line(const TrialRecord& record) {
  const Json json = {
      {"schema_version", kSchemaVersion},
      {"run", record.run},
      {"trial",
       {{"index", record.index},
        {"round", record.round},
        {"order", record.order},
        {"attempt", record.attempt},
        {"started_unix_ns", record.started_unix_ns},
        {"elapsed_ns", record.elapsed_ns}}},
      {"server", to_json(record.server)},
      {"workload", to_json(record.workload)},
      {"status", to_string(record.status)},
      {"error", record.error.empty() ? Json(nullptr) : Json(record.error)},
      {"load", record.load ? Json::parse(record.load->json) : Json(nullptr)},
      {"resources", to_json(record.resources)},
      {"machine", to_json(record.machine)},
      {"server_counts", to_json(record.server_counts)},
      {"tool_cpu_ns", or_null(record.tool_cpu_ns)},
      {"verdict", to_json(record.verdict)},
      {"stderr_tail", record.stderr_tail}};
  // A server's last words need not be UTF-8.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sockmark
