// loadgen slow: its command line and its report.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "loadgen/interrupt.h"
#include "loadgen/slow.h"
#include "loadgen/verb_options.h"
#include "loadgen/verb_report.h"
#include "loadgen/verbs.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

bool sends(const SlowSpec& spec) {
  return spec.what == SlowSpec::What::sending;
}

std::optional<int> parse(int argc, char** argv, SlowSpec& spec,
                         std::string& json_file) {
  CLI::App app(
      "Clients that take their time: they send a request, or read the reply "
      "to one, a byte at a time.\nOne whose connection ends is not "
      "replaced.\n\n"
      "  loadgen slow -c 100 --send-every 500ms http://127.0.0.1:8080/\n"
      "  loadgen slow -c 100 --read-every 100ms -d 1m --json - "
      "http://127.0.0.1:8080/",
      "loadgen slow");
  add_target(app, spec.target);
  add_connections(app, spec.connections);
  CLI::Option_group* const pace =
      app.add_option_group("Pace", "One of the two");
  add_positive_duration(*pace, "--send-every", spec.every,
                        "Between the bytes of a request");
  add_positive_duration(*pace, "--read-every", spec.every,
                        "Between the bytes of a reply");
  pace->require_option(1);
  add_positive_duration(app, "-d,--duration", spec.duration,
                        "In all, connecting included [10s]");
  add_json_file(app, json_file);
  app.callback([&] {
    if (app.count("--read-every") > 0) spec.what = SlowSpec::What::reading;
  });
  return parse_command_line(app, argc, argv);
}

Json to_json(const SlowSpec& spec, const SlowResult& result) {
  const std::int64_t every_ns = spec.every.count();
  Json json = report_head("slow");
  json["requested"] = {
      {"url", spec.target.url()},
      {"connections", spec.connections},
      {"send_every_ns", sends(spec) ? Json(every_ns) : Json(nullptr)},
      {"read_every_ns", sends(spec) ? Json(nullptr) : Json(every_ns)},
      {"duration_ns", spec.duration.count()}};
  put(result.crowd, json);
  json["requests"] = {
      {"started", result.requests}, {"whole", result.whole},
      {"answered", result.answers}, {"rejected", result.rejected},
      {"cut_off", result.cut_off},  {"in_flight", result.in_flight}};
  json["ended_after_ns"] = spread_of(result.ended_after);
  json["notes"] = notes_on(result.crowd, spec.target);
  return json;
}

std::string to_text(const SlowSpec& spec, const SlowResult& result) {
  std::string text = fmt::format(
      "{} connections to {}, {} a byte each {} for {}\n", spec.connections,
      spec.target.url(), sends(spec) ? "sending" : "reading",
      describe(spec.every.count()), describe(result.crowd.elapsed));
  text += lines_of(result.crowd);
  text += fmt::format(
      "  requests     {} begun, {} sent whole, {} answered, {} rejected, {} "
      "cut off, {} in flight\n",
      result.requests, result.whole, result.answers, result.rejected,
      result.cut_off, result.in_flight);
  if (!result.ended_after.empty()) {
    text += fmt::format("  ended after  {}\n", describe(result.ended_after));
  }
  return text + lines_of(notes_on(result.crowd, spec.target));
}

}  // namespace

int run_slow(int argc, char** argv) {
  SlowSpec spec;
  std::string json_file;
  if (const auto status = parse(argc, argv, spec, json_file)) return *status;
  JsonFile file(json_file);
  note_interrupts();
  const SlowResult result = go_slow(spec);
  std::cerr << to_text(spec, result);
  file.write(to_json(spec, result));
  return exit_status(result.crowd.connects, result.crowd.interrupted_by);
}

}  // namespace sockmark
