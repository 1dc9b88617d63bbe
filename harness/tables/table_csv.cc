#include "harness/tables/table_csv.h"

#include <fmt/format.h>

#include "harness/tables/table.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + '"';
}

template <typename Number>
std::string known(const std::optional<Number>& value) {
  return value ? fmt::format("{}", *value) : "";
}

// What `figure` takes from the load's result; empty without one.
template <typename Figure>
std::string loaded(const TrialRecord& trial, Figure figure) {
  return trial.load ? known(figure(*trial.load)) : "";
}

using Field = CsvField;
using Trial = const TrialRecord&;
using Load = const LoadResult&;

// A column that is a field of the load's result.
Field of_load(const char* name, auto figure) {
  return {name, [figure](Trial t) { return loaded(t, figure); }};
}

std::vector<Field> load_figures() {
  return {
      of_load("requests_per_second",
              [](Load load) { return load.requests_per_second; }),
      of_load("completed", [](Load load) { return load.completed; }),
      of_load("errors", [](Load load) { return load.errors; }),
      of_load("bytes_received", [](Load load) { return load.bytes_received; }),
      of_load("measured_ns", [](Load load) { return load.measured_ns; }),
      of_load("connections_served",
              [](Load load) { return load.connections_served; }),
      of_load("latency_mean_ns", [](Load load) { return load.latency.mean; }),
      of_load("latency_p50_ns", [](Load load) { return load.latency.p50; }),
      of_load("latency_p90_ns", [](Load load) { return load.latency.p90; }),
      of_load("latency_p99_ns", [](Load load) { return load.latency.p99; }),
      of_load("latency_p99_9_ns", [](Load load) { return load.latency.p99_9; }),
      of_load("latency_max_ns", [](Load load) { return load.latency.max; })};
}

// A column that is a field of the server's resources.
Field of_server(auto Resources::*figure, const char* name) {
  return {name, [figure](Trial t) { return known(t.resources.*figure); }};
}

// A column that is what is there after the load and was not before.
Field leaked(std::optional<int> Resources::Leaks::*count, const char* name) {
  return {name, [count](Trial t) { return known(t.resources.leaked.*count); }};
}

std::vector<Field> resource_figures() {
  return {of_server(&Resources::cpu_user_ns, "cpu_user_ns"),
          of_server(&Resources::cpu_system_ns, "cpu_system_ns"),
          of_server(&Resources::cpu_ns_per_request, "cpu_ns_per_request"),
          of_server(&Resources::cpu_source, "cpu_source"),
          of_server(&Resources::context_switches_voluntary,
                    "context_switches_voluntary"),
          of_server(&Resources::context_switches_involuntary,
                    "context_switches_involuntary"),
          of_server(&Resources::system_calls_per_request,
                    "system_calls_per_request"),
          of_server(&Resources::peak_rss_bytes, "peak_rss_bytes"),
          of_server(&Resources::pss_idle_bytes, "pss_idle_bytes"),
          of_server(&Resources::pss_loaded_bytes, "pss_loaded_bytes"),
          of_server(&Resources::pss_bytes_per_connection,
                    "pss_bytes_per_connection"),
          of_server(&Resources::threads_peak, "threads_peak"),
          of_server(&Resources::processes_peak, "processes_peak"),
          of_server(&Resources::fds_peak, "fds_peak"),
          leaked(&Resources::Leaks::fds, "leaked_fds"),
          leaked(&Resources::Leaks::threads, "leaked_threads"),
          leaked(&Resources::Leaks::processes, "leaked_processes"),
          leaked(&Resources::Leaks::zombies, "leaked_zombies"),
          {"tool_cpu_ns", [](Trial t) { return known(t.tool_cpu_ns); }}};
}

// A column that is a field of what went on beside the trial.
Field of_machine(auto MachineUse::*figure, const char* name) {
  return {name, [figure](Trial t) { return known(t.machine.*figure); }};
}

std::vector<Field> machine_figures() {
  return {
      of_machine(&MachineUse::window_ns, "window_ns"),
      of_machine(&MachineUse::cpus, "cpus"),
      of_machine(&MachineUse::harness_cpu_ns, "harness_cpu_ns"),
      of_machine(&MachineUse::foreign_cpu_ns, "foreign_cpu_ns"),
      of_machine(&MachineUse::steal_ns, "steal_ns"),
      of_machine(&MachineUse::cpu_pressure, "cpu_pressure"),
      of_machine(&MachineUse::listen_overflows, "listen_overflows"),
      of_machine(&MachineUse::listen_drops, "listen_drops"),
      of_machine(&MachineUse::retransmitted_segments, "retransmitted_segments"),
      of_machine(&MachineUse::time_wait_sockets, "time_wait_sockets"),
      {"connections_accepted",
       [](Trial t) {
         return t.server_counts
                    ? fmt::format("{}", t.server_counts->connections_accepted)
                    : "";
       }},
      {"requests_answered", [](Trial t) {
         return t.server_counts
                    ? fmt::format("{}", t.server_counts->requests_answered)
                    : "";
       }}};
}

}  // namespace

std::vector<CsvField> csv_identity() {
  return {
      {"run", [](Trial t) { return quoted(t.run); }},
      {"trial", [](Trial t) { return fmt::format("{}", t.index); }},
      {"round", [](Trial t) { return fmt::format("{}", t.round); }},
      {"order", [](Trial t) { return fmt::format("{}", t.order); }},
      {"attempt", [](Trial t) { return fmt::format("{}", t.attempt); }},
      {"started_unix_ns",
       [](Trial t) {
         return t.started_unix_ns > 0 ? fmt::format("{}", t.started_unix_ns)
                                      : "";
       }},
      {"elapsed_ns",
       [](Trial t) {
         return t.elapsed_ns > 0 ? fmt::format("{}", t.elapsed_ns) : "";
       }},
      {"workload", [](Trial t) { return quoted(t.workload.name); }},
      {"workload_hash", [](Trial t) { return hash_of(t.workload); }},
      {"tool", [](Trial t) { return quoted(t.workload.tool); }},
      {"server", [](Trial t) { return quoted(t.server.name); }},
      {"family", [](Trial t) { return quoted(t.server.family.value_or("")); }},
      {"connections",
       [](Trial t) { return fmt::format("{}", t.workload.connections); }},
      {"keep_alive",
       [](Trial t) { return fmt::format("{}", t.workload.keep_alive); }},
      {"rate_per_second",
       [](Trial t) { return known(t.workload.rate_per_second); }},
      {"body_bytes",
       [](Trial t) { return fmt::format("{}", t.workload.body_bytes); }},
      {"work", [](Trial t) { return quoted(t.workload.work); }},
      {"idle_connections",
       [](Trial t) { return fmt::format("{}", t.workload.idle_connections); }},
      {"duration_ns",
       [](Trial t) { return fmt::format("{}", t.workload.duration_ns); }},
      {"status", [](Trial t) { return std::string(to_string(t.status)); }},
      {"verdict",
       [](Trial t) { return std::string(to_string(verdict_of(t).status)); }},
      {"reasons",
       [](Trial t) { return quoted(join(verdict_of(t).reasons, "; ")); }},
      {"error", [](Trial t) { return quoted(one_line(t.error)); }}};
}

std::vector<CsvField> csv_figures() {
  std::vector<CsvField> fields = load_figures();
  for (const auto& more : {resource_figures(), machine_figures()}) {
    fields.insert(fields.end(), more.begin(), more.end());
  }
  return fields;
}

std::string csv_table(const std::vector<TrialRecord>& trials) {
  std::vector<CsvField> fields = csv_identity();
  for (CsvField& figure : csv_figures()) fields.push_back(std::move(figure));
  std::vector<std::string> names;
  for (const CsvField& field : fields) names.push_back(field.name);
  std::string text = join(names, ",") + '\n';
  for (const TrialRecord& trial : trials) {
    std::vector<std::string> row;
    for (const CsvField& field : fields) row.push_back(field.text(trial));
    text += join(row, ",") + '\n';
  }
  return text;
}

}  // namespace sockmark
