#include "loadgen/options.h"

#include <map>
#include <stdexcept>

#include "lib/command_line.h"
#include "loadgen/version.h"

namespace sockmark {
namespace {

template <typename Parse>
auto checked(const char* option, const Parse& parse, const std::string& text) {
  try {
    return parse(text);
  } catch (const std::invalid_argument& bad) {
    throw CLI::ValidationError(option, bad.what());
  }
}

template <typename Value>
void add_choice(CLI::App& app, const std::string& flags, Value& target,
                const std::map<std::string, Value>& choices,
                const std::string& help) {
  app.add_option(flags, target, help)
      ->transform(CLI::CheckedTransformer(choices))
      ->option_text(CLI::detail::generate_map(choices, true));
}

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
  app.add_option("--pipeline", spec.pipeline,
                 "Requests on a connection at the same time")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  app.add_option("--message-bytes", spec.message_bytes,
                 "Of each message to an echo:// target")
      ->check(CLI::Range(std::size_t{1}, std::size_t{64} << 20))
      ->capture_default_str();
  add_choice(app, "--engine", spec.engine,
             {{"auto", EngineKind::automatic},
              {"epoll", EngineKind::epoll},
              {"uring", EngineKind::uring}},
             "What does the I/O; auto: io_uring where the kernel has it");
}

void add_open_loop_options(CLI::App& app, LoadSpec& spec) {
  app.add_option_function<std::string>(
         "-R,--rate",
         [&spec](const std::string& text) {
           spec.rate_text = text;
           spec.rate = checked("--rate", parse_rate_profile, text);
         },
         "Open loop: so many requests per second, whatever the server does; "
         "1k:5k rises over the run, 1k@10s,1k:5k@20s goes by stages")
      ->type_name("RATE");
  add_choice(
      app, "--arrival", spec.arrival,
      {{"constant", ArrivalKind::constant}, {"poisson", ArrivalKind::poisson}},
      "Evenly spaced, or at random as from many users");
  app.add_option("--seed", spec.seed, "Of random arrivals")
      ->capture_default_str();
  app.add_option("--max-connections", spec.max_connections,
                 "At most so many when --connections are busy and requests are "
                 "due [ten times as many, at least 1000]")
      ->check(CLI::Range(1, 1'000'000));
  add_switch(app, "--spin", spec.spin,
             "Stay awake shortly before a request is due [on]");
}

void add_check_options(CLI::App& app, LoadSpec& spec) {
  app.add_option("--expect-status", spec.expect_status,
                 "The only right status; otherwise any 2xx or 3xx")
      ->check(CLI::Range(100, 599));
  app.add_option("--expect-body", spec.expect_body, "The only right body");
  app.add_option_function<std::vector<std::string>>(
         "--slo",
         [&spec](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) {
             spec.objectives.push_back(checked("--slo", parse_objective, text));
           }
         },
         "An objective, such as p99<5ms, service.p50<1ms, errors<0.1% or "
         "rate>=10k; exit status 3 when it is missed")
      ->type_name("OBJECTIVE")
      ->take_all();
}

void add_output_options(CLI::App& app, LoadSpec& spec) {
  app.add_option("--json", spec.json_file,
                 "Write the result as JSON to a file, or to stdout with -")
      ->type_name("FILE|-");
  app.add_option("--series", spec.series_file,
                 "Write a line of JSON for each second")
      ->type_name("FILE");
  app.add_option_function<std::string>(
         "--hdr",
         [&spec](const std::string& file) {
           if (!file.ends_with(".hgrm") && !file.ends_with(".hlog")) {
             throw CLI::ValidationError("--hdr", "'" + file +
                                                     "' ends neither in .hgrm "
                                                     "nor in .hlog");
           }
           spec.hdr_file = file;
         },
         "Write the latencies for HdrHistogram's tools: percentiles (.hgrm) "
         "or a histogram for each second (.hlog)")
      ->type_name("FILE");
  app.add_flag("-q,--quiet", spec.quiet, "No summary, no live line");
}

void refuse(const char* options, const char* why) {
  throw CLI::ValidationError(options, why);
}

// What each option allows, but not with another.
void check_together(LoadSpec& spec, bool has_duration) {
  if (spec.threads > spec.connections) {
    refuse("--threads", "more threads than connections: some would be idle");
  }
  if (spec.duration.count() == 0 || spec.timeout.count() == 0) {
    refuse("--duration and --timeout", "must not be 0");
  }
  if (spec.pipeline > 1 && (spec.close || spec.rate)) {
    refuse("--pipeline", "does not go with --close or --rate");
  }
  const auto depth = static_cast<std::size_t>(spec.pipeline);
  if (spec.message_bytes * depth > std::size_t{64} << 20) {
    refuse("--pipeline", "times --message-bytes is more than 64 MiB");
  }
  if (spec.target.protocol == Protocol::echo &&
      (spec.expect_status || spec.expect_body)) {
    refuse("--expect-status and --expect-body", "are for http:// targets");
  }
  if (!spec.rate) {
    if (spec.arrival == ArrivalKind::poisson) {
      refuse("--arrival", "needs a --rate");
    }
    if (spec.max_connections) refuse("--max-connections", "needs a --rate");
    return;
  }
  if (spec.max_connections && *spec.max_connections < spec.connections) {
    refuse("--max-connections", "less than --connections");
  }
  if (const auto stages = spec.rate->total_duration()) {
    if (has_duration) refuse("--duration", "the stages of --rate have one");
    spec.duration = std::chrono::nanoseconds(*stages);
  } else {
    spec.rate = spec.rate->with_duration(spec.duration.count());
  }
}

}  // namespace

std::optional<int> parse_options(int argc, char** argv, LoadSpec& spec) {
  CLI::App app("Puts load on an HTTP or echo server and measures what it does.",
               "loadgen");
  app.footer(R"(Examples:
  loadgen -c 64 -d 10s http://127.0.0.1:8080/
  loadgen --close --warmup 1s --json - http://127.0.0.1:8080/
  loadgen --rate 5k --slo 'p99<5ms' --slo 'errors<=0' http://127.0.0.1:8080/
  loadgen --rate 1k:20k -d 30s --series rise.jsonl http://127.0.0.1:8080/
  loadgen --pipeline 8 --message-bytes 1024 echo://127.0.0.1:8081

Exit status: 0 fine, 1 failed or invalid, 2 usage, 3 an objective is missed,
130 or 143 interrupted. More: man loadgen.)");
  app.set_version_flag("--version", std::string("loadgen ") + kVersion);
  std::string mode = "steady";
  std::string url;
  app.add_option_function<std::vector<std::string>>(
         "target",
         [&](const std::vector<std::string>& words) {
           url = words.back();
           if (words.size() > 1) mode = words.front();
         },
         "[steady] http://host:port/path or echo://host:port")
      ->required()
      ->expected(1, 2);
  add_load_options(app, spec);
  add_open_loop_options(app, spec);
  add_check_options(app, spec);
  add_output_options(app, spec);
  app.callback([&] {
    if (mode != "steady") {
      throw CLI::ValidationError("mode", "'" + mode + "' is not steady");
    }
    spec.target = checked("target", parse_target, url);
    check_together(spec, app.count("--duration") > 0);
  });
  return parse_command_line(app, argc, argv);
}

}  // namespace sockmark
