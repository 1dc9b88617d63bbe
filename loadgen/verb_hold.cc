// loadgen hold: its command line and its report.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "loadgen/hold.h"
#include "loadgen/interrupt.h"
#include "loadgen/verb_options.h"
#include "loadgen/verb_report.h"
#include "loadgen/verbs.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

std::optional<int> parse(int argc, char** argv, HoldSpec& spec,
                         std::string& json_file) {
  CLI::App app(
      "Opens many connections and keeps them open: idle, or with a request on "
      "each now and then.\nOne that is lost is not replaced.\n\n"
      "  loadgen hold -c 10000 -d 1m http://127.0.0.1:8080/\n"
      "  loadgen hold -c 1000 --every 5s --rate 200 --json - "
      "http://127.0.0.1:8080/",
      "loadgen hold");
  add_target(app, spec.target);
  add_connections(app, spec.connections);
  add_positive_duration(app, "--every", spec.every,
                        "Between a connection's requests [none is sent]");
  add_positive_duration(app, "-d,--duration", spec.duration,
                        "In all, connecting included [10s]");
  app.add_option("--rate", spec.connects_per_second,
                 "Connects per second [256 at once]")
      ->check(CLI::Range(0.001, 1e6));
  add_positive_duration(app, "--timeout", spec.timeout,
                        "Of a connect, and of an answer [10s]");
  add_json_file(app, json_file);
  return parse_command_line(app, argc, argv);
}

Json to_json(const HoldSpec& spec, const HoldResult& result) {
  const double rate = spec.connects_per_second;
  const std::int64_t every_ns = spec.every.count();
  const Errors& errors = result.errors;
  Json json = report_head("hold");
  json["requested"] = {
      {"url", spec.target.url()},
      {"connections", spec.connections},
      {"connects_per_second", rate > 0 ? Json(rate) : Json(nullptr)},
      {"every_ns", every_ns > 0 ? Json(every_ns) : Json(nullptr)},
      {"duration_ns", spec.duration.count()},
      {"timeout_ns", spec.timeout.count()}};
  put(result.crowd, json);
  json["requests"] = {{"started", result.requests},
                      {"answered", result.answers},
                      {"in_flight", result.in_flight},
                      {"errors",
                       {{"timeout", errors.timeout},
                        {"reset", errors.reset},
                        {"closed", errors.closed},
                        {"status", errors.status},
                        {"parse", errors.parse},
                        {"local", errors.local}}}};
  json["generator"] = {{"resident_bytes_per_connection",
                        or_null(result.resident_bytes_per_connection)}};
  json["notes"] = notes_on(result.crowd, spec.target);
  return json;
}

std::string to_text(const HoldSpec& spec, const HoldResult& result) {
  std::string text =
      fmt::format("{} connections to {}, held for {}\n", spec.connections,
                  spec.target.url(), describe(result.crowd.elapsed));
  text += lines_of(result.crowd);
  if (result.requests > 0) {
    const Errors& e = result.errors;
    text += fmt::format(
        "  requests     {} sent, {} answered, {} in flight\n"
        "  errors       timeout {}, reset {}, closed {}, status {}, parse {}, "
        "local {}\n",
        result.requests, result.answers, result.in_flight, e.timeout, e.reset,
        e.closed, e.status, e.parse, e.local);
  }
  return text + lines_of(notes_on(result.crowd, spec.target));
}

}  // namespace

int run_hold(int argc, char** argv) {
  HoldSpec spec;
  std::string json_file;
  if (const auto status = parse(argc, argv, spec, json_file)) return *status;
  JsonFile file(json_file);
  note_interrupts();
  // For who waits until they are there, as sockmark does.
  spec.on_settled = [&spec](std::uint64_t open) {
    std::cerr << fmt::format("holding {} of {} connections\n", open,
                             spec.connections)
              << std::flush;
  };
  const HoldResult result = hold(spec);
  std::cerr << to_text(spec, result);
  file.write(to_json(spec, result));
  return exit_status(result.crowd.connects, result.crowd.interrupted_by);
}

}  // namespace sockmark
