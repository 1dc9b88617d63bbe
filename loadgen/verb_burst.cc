// loadgen burst: its command line and its report.
#include <fmt/format.h>

#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>

#include "loadgen/burst.h"
#include "loadgen/interrupt.h"
#include "loadgen/verb_options.h"
#include "loadgen/verb_report.h"
#include "loadgen/verbs.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

std::optional<int> parse(int argc, char** argv, BurstSpec& spec,
                         std::string& json_file) {
  constexpr std::size_t kMostClients = 10'000;
  CLI::App app(
      "The load of client3.py: client processes that open connections, send a "
      "request on each, read nothing and hold them.\nUnlike there, "
      "--max-conns counts.\n\n"
      "  loadgen burst --max-clients 300 http://127.0.0.1:8080/hello\n"
      "  loadgen burst --max-clients 4 --max-conns 1000 --hold 5s --json - "
      "http://127.0.0.1:8080/",
      "loadgen burst");
  add_target(app, spec.target);
  app.add_option("--max-clients", spec.clients, "Processes")
      ->check(CLI::Range(std::size_t{1}, kMostClients))
      ->capture_default_str();
  app.add_option("--max-conns", spec.connections, "Connections of each")
      ->check(CLI::Range(std::size_t{1}, kMostConnections))
      ->capture_default_str();
  add_duration(app, "--hold", spec.hold, "Once all are up [1s]");
  add_positive_duration(app, "--timeout", spec.timeout,
                        "To be up; what is not has timed out [10s]");
  add_json_file(app, json_file);
  app.callback([&] {
    if (spec.clients * spec.connections > kMostConnections) {
      throw CLI::ValidationError("--max-clients times --max-conns",
                                 fmt::format("more than {}", kMostConnections));
    }
  });
  return parse_command_line(app, argc, argv);
}

std::vector<std::string> notes_of(const BurstSpec& spec,
                                  const BurstResult& result) {
  std::vector<std::string> notes =
      notes_on(result.count.connects, spec.target, result.interrupted_by);
  if (result.fork_error != 0) {
    notes.push_back(fmt::format("could not start more processes: {}",
                                std::strerror(result.fork_error)));
  }
  if (result.died > 0) {
    notes.push_back(fmt::format(
        "{} processes ended before their time: their connections count as far "
        "as they had told of them",
        result.died));
  }
  return notes;
}

Json to_json(const BurstSpec& spec, const BurstResult& result) {
  Json connections = counts_of(result.count.connects);
  connections.update({{"closed_by_server", result.count.closed_by_server},
                      {"reset", result.count.reset}});
  Json json = report_head("burst");
  json["requested"] = {{"url", spec.target.url()},
                       {"processes", spec.clients},
                       {"connections_per_process", spec.connections},
                       {"hold_ns", spec.hold.count()},
                       {"timeout_ns", spec.timeout.count()}};
  json["processes"] = {{"started", result.started},
                       {"not_started", result.not_started},
                       {"died", result.died}};
  json["connections"] = connections;
  json["connect_ns"] = spread_of(result.connect_times);
  json["all_up_after_ns"] = or_null(result.all_up_after);
  json["requests"] = {{"sent", result.count.requests_sent},
                      {"answered", result.count.answered}};
  json["elapsed_ns"] = result.elapsed;
  json["notes"] = notes_of(spec, result);
  return json;
}

std::string to_text(const BurstSpec& spec, const BurstResult& result) {
  std::string text =
      fmt::format("{} processes with {} connections each to {}\n", spec.clients,
                  spec.connections, spec.target.url());
  text += fmt::format("  processes    {} started, {} not started, {} died\n",
                      result.started, result.not_started, result.died);
  text += fmt::format("  connections  {}\n  connect      {}\n",
                      describe(result.count.connects),
                      describe(result.connect_times));
  text += fmt::format("  all up       {}\n",
                      result.all_up_after
                          ? "after " + describe(*result.all_up_after)
                          : "never");
  text += fmt::format(
      "  requests     {} sent, {} answered\n  lost         {} closed by the "
      "server, {} reset\n",
      result.count.requests_sent, result.count.answered,
      result.count.closed_by_server, result.count.reset);
  return text + lines_of(notes_of(spec, result));
}

}  // namespace

int run_burst(int argc, char** argv) {
  BurstSpec spec;
  std::string json_file;
  if (const auto status = parse(argc, argv, spec, json_file)) return *status;
  JsonFile file(json_file);
  note_interrupts();
  const BurstResult result = burst(spec);
  std::cerr << to_text(spec, result);
  file.write(to_json(spec, result));
  return exit_status(result.count.connects, result.interrupted_by);
}

}  // namespace sockmark
