#include "loadgen/verb_options.h"

#include <stdexcept>

#include "lib/duration.h"

namespace sockmark {

void add_target(CLI::App& app, Target& target) {
  app.add_option_function<std::string>(
         "target",
         [&target](const std::string& url) {
           try {
             target = parse_target(url);
           } catch (const std::invalid_argument& bad) {
             throw CLI::ValidationError("target", bad.what());
           }
         },
         "http://host:port/path or echo://host:port")
      ->required();
}

void add_connections(CLI::App& app, std::size_t& connections) {
  app.add_option("-c,--connections", connections, "To open")
      ->required()
      ->check(CLI::Range(std::size_t{1}, kMostConnections));
}

void add_json_file(CLI::App& app, std::string& file) {
  app.add_option("--json", file,
                 "Write the result as JSON to a file, or to stdout with -")
      ->type_name("FILE|-");
}

void add_positive_duration(CLI::App& app, const std::string& flags,
                           std::chrono::nanoseconds& duration,
                           const std::string& help) {
  const auto mistake = [](const std::string& text) -> std::string {
    try {
      return parse_duration(text).count() == 0 ? "must not be 0" : "";
    } catch (const std::invalid_argument& bad) {
      return bad.what();
    }
  };
  add_duration(app, flags, duration, help)->check(mistake);
}

}  // namespace sockmark
