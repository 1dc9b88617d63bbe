#include "harness/server_command.h"

#include <string_view>
#include <utility>

namespace sockmark {
namespace {

std::string with_port(std::string text, std::uint16_t port) {
  constexpr std::string_view kPlace = "{port}";
  const std::string digits = std::to_string(port);
  for (auto at = text.find(kPlace); at != std::string::npos;
       at = text.find(kPlace, at + digits.size())) {
    text.replace(at, kPlace.size(), digits);
  }
  return text;
}

}  // namespace

std::vector<std::string> server_command(const ServerSpec& spec,
                                        const Workload& workload) {
  std::vector<std::string> argv = spec.command;
  if (!spec.is_built_in()) return argv;
  argv.insert(argv.end(),
              {"--port", "0", "--body", std::to_string(workload.body_bytes)});
  if (workload.work != Workload{}.work) {
    argv.insert(argv.end(), {"--work", workload.work});
  }
  return argv;
}

ChildSpec server_process(const ServerSpec& spec, const Workload& workload,
                         std::uint16_t port, std::vector<int> cpus) {
  std::vector<std::string> argv = server_command(spec, workload);
  if (!spec.is_built_in()) {
    for (std::string& word : argv) word = with_port(std::move(word), port);
  }
  // env(1) becomes the program, so the process is the same.
  if (!spec.cwd.empty() || !spec.env.empty()) {
    std::vector<std::string> words = {"env"};
    if (!spec.cwd.empty()) {
      words.insert(words.end(), {"-C", spec.cwd.string()});
    }
    for (const auto& [name, value] : spec.env) {
      words.push_back(name + "=" + with_port(value, port));
    }
    argv.insert(argv.begin(), words.begin(), words.end());
  }
  return {.argv = std::move(argv), .cpus = std::move(cpus)};
}

}  // namespace sockmark
