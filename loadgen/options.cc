#include "loadgen/options.h"

#include "lib/command_line.h"
#include "loadgen/version.h"

namespace sockmark {
namespace {

void add_load_options(CLI::App& app, LoadSpec& spec) {
  app.add_option("-c,--connections", spec.connections, "Open at the same time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("-t,--threads", spec.threads, "Each with its own connections")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  add_duration(app, "-d,--duration", spec.duration, "To measure [10s]");
  app.add_option("-n,--requests", spec.requests,
                 "Stop after so many, if that is sooner")
      ->check(CLI::PositiveNumber);
  add_duration(app, "--warmup", spec.warmup,
               "Load before the measurement, not counted [0s]");
  app.add_flag("--close", spec.close,
               "A new connection for each request; the time to connect is part "
               "of its latency");
  add_duration(app, "--timeout", spec.timeout,
               "A request that takes longer is an error [10s]");
  app.add_option("--engine", spec.engine, "How to wait for the sockets")
      ->check(CLI::IsMember({"auto", "epoll"}))
      ->capture_default_str();
}

void add_check_options(CLI::App& app, LoadSpec& spec) {
  app.add_option("--expect-status", spec.expect_status,
                 "The only right status; otherwise any 2xx or 3xx")
      ->check(CLI::Range(100, 599));
  app.add_option("--expect-body", spec.expect_body, "The only right body");
  app.add_option("--json", spec.json_file,
                 "Write the result as JSON to a file, or to stdout with -")
      ->type_name("FILE|-");
}

}  // namespace

std::optional<int> parse_options(int argc, char** argv, LoadSpec& spec) {
  CLI::App app(
      "Puts load on an HTTP server and measures what it does.\n"
      "Closed loop: each connection sends its next request when it has the "
      "reply to the last.\n\n"
      "  loadgen -c 64 -d 10s http://127.0.0.1:8080/\n"
      "  loadgen --close --warmup 1s --json - http://127.0.0.1:8080/",
      "loadgen");
  app.footer(
      "Exit status: 0 fine, 1 failed or the result is invalid, 2 usage, 130 "
      "interrupted.");
  app.set_version_flag("--version", std::string("loadgen ") + kVersion);
  std::string mode = "steady";
  std::string url;
  app.add_option_function<std::vector<std::string>>(
         "target",
         [&](const std::vector<std::string>& words) {
           url = words.back();
           if (words.size() > 1) mode = words.front();
         },
         "[steady] http://host:port/path")
      ->required()
      ->expected(1, 2);
  add_load_options(app, spec);
  add_check_options(app, spec);
  app.callback([&] {
    if (mode != "steady") {
      throw CLI::ValidationError("mode", "'" + mode + "' is not steady");
    }
    try {
      spec.target = parse_target(url);
    } catch (const std::invalid_argument& bad) {
      throw CLI::ValidationError("target", bad.what());
    }
    if (spec.threads > spec.connections) {
      throw CLI::ValidationError(
          "--threads", "more threads than connections: some would be idle");
    }
    if (spec.duration.count() == 0 || spec.timeout.count() == 0) {
      throw CLI::ValidationError("--duration and --timeout", "must not be 0");
    }
  });
  return parse_command_line(app, argc, argv);
}

}  // namespace sockmark
