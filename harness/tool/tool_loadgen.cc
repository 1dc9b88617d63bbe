// loadgen: its JSON is the contract already.
#include <fmt/format.h>

#include "harness/process/installation.h"
#include "harness/tool/tool.h"
#include "harness/tool/tool_text.h"
#include "lib/http.h"

namespace sockmark {
namespace {

std::string program() { return (installation().bin / "loadgen").string(); }

std::optional<std::string> cannot(const Workload& /*workload*/) {
  return std::nullopt;
}

std::vector<std::string> command(const Workload& workload,
                                 const LoadTarget& target) {
  std::vector<std::string> argv = {
      program(),
      "steady",
      fmt::format("--connections={}", workload.connections),
      fmt::format("--warmup={}ns", workload.warmup_ns),
      fmt::format("--duration={}ns", workload.duration_ns),
      fmt::format("--expect-status={}", target.expected_status),
      "--json=-"};
  if (target.expected_body) {
    argv.push_back("--expect-body=" + *target.expected_body);
  }
  if (workload.rate_per_second) {
    argv.push_back(fmt::format("--rate={}", *workload.rate_per_second));
  }
  if (!workload.keep_alive) argv.emplace_back("--close");
  argv.push_back(target.url);
  return argv;
}

LoadResult parse(std::string_view output) { return parse_load(output); }

std::vector<std::string> version_command() { return {program(), "--version"}; }

// "loadgen 0.1.0"
std::optional<std::string> version_in(std::string_view output) {
  const auto version = after(output, "loadgen ");
  if (!version) return std::nullopt;
  return std::string(trim(version->substr(0, version->find('\n'))));
}

}  // namespace

const LoadTool kLoadgen = {.name = "loadgen",
                           .package = "",
                           .cannot = cannot,
                           .command = command,
                           .warmup_command = nullptr,
                           .parse = parse,
                           .version_command = version_command,
                           .version_in = version_in};

}  // namespace sockmark
