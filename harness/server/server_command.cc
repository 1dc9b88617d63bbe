#include "harness/server/server_command.h"

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
  ChildSpec process{.argv = server_command(spec, workload),
                    .cpus = std::move(cpus),
                    .cwd = spec.cwd,
                    .env = spec.env,
                    .stop_signal = spec.stop_signal};
  if (spec.is_built_in()) return process;
  for (std::string& word : process.argv) word = with_port(word, port);
  for (auto& [name, value] : process.env) value = with_port(value, port);
  return process;
}

}  // namespace sockmark
