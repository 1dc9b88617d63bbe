#include "lib/options.h"

#include <filesystem>
#include <map>

#include "lib/command_line.h"
#include "lib/duration.h"

namespace sockmark {
namespace {

// "none", "sleep:10ms", "spin:50us".
Work parse_work(const std::string& text) {
  if (text == "none") return {};
  const auto colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  if (colon == std::string::npos || (kind != "sleep" && kind != "spin")) {
    throw CLI::ValidationError("--work", "'" + text +
                                             "' is none of none, "
                                             "sleep:DURATION, spin:DURATION");
  }
  try {
    return {.kind = kind == "sleep" ? Work::Kind::sleep : Work::Kind::spin,
            .duration = parse_duration(text.substr(colon + 1))};
  } catch (const std::invalid_argument& bad) {
    throw CLI::ValidationError("--work", bad.what());
  }
}

void add_choice(CLI::App& app, const Choice& choice, Options& options) {
  std::string& chosen = options.chosen[choice.flag];
  chosen = choice.words.front();
  app.add_option(choice.flag, chosen, choice.help)
      ->check(CLI::IsMember(choice.words))
      ->capture_default_str();
}

}  // namespace

std::optional<int> parse_options(int argc, char** argv,
                                 const std::vector<Choice>& choices,
                                 Options& options) {
  constexpr std::size_t kLargestBody = 1 << 30;
  const std::map<std::string, Protocol> protocols = {{"http", Protocol::http},
                                                     {"echo", Protocol::echo}};
  CLI::App app("A server of one concurrency model.",
               std::filesystem::path(argv[0]).filename().string());
  app.add_option("--host", options.host, "Address to listen on")
      ->capture_default_str();
  app.add_option("--port", options.port, "Port; 0: the kernel picks one")
      ->capture_default_str();
  app.add_option("--workers", options.workers, "Processes or threads of a pool")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  app.add_option("--backlog", options.backlog,
                 "Connections that may wait to be accepted")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  app.add_option("--body", options.body_bytes, "Bytes in a reply's body")
      ->check(CLI::Range(std::size_t{0}, kLargestBody))
      ->capture_default_str();
  app.add_option("--protocol", options.protocol,
                 "http, or echo: send back what comes")
      ->transform(CLI::CheckedTransformer(protocols));
  add_switch(app, "--keep-alive", options.keep_alive,
             "off: close after each reply");
  app.add_option_function<std::string>(
         "--work",
         [&](const std::string& text) { options.work = parse_work(text); },
         "Before each reply: none, sleep:DURATION or spin:DURATION")
      ->type_name("WORK");
  add_duration(app, "--idle-timeout", options.idle_timeout,
               "Close a connection on which nothing moves for so long; 0s: "
               "never");
  app.add_option("--max-connections", options.max_connections,
                 "Limit of the models that have one")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--counters", options.counters,
                 "Count accepted connections and answered requests into it, "
                 "for whoever maps it")
      ->type_name("FILE");
  for (const Choice& choice : choices) add_choice(app, choice, options);
  return parse_command_line(app, argc, argv);
}

}  // namespace sockmark
