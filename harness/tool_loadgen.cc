// loadgen: its JSON is the contract already.
#include <fmt/format.h>

#include "harness/installation.h"
#include "harness/tool.h"

namespace sockmark {
namespace {

std::vector<std::string> command(const Workload& workload,
                                 const std::string& url) {
  std::vector<std::string> argv = {
      (installation().bin / "loadgen").string(),
      "steady",
      fmt::format("--connections={}", workload.connections),
      fmt::format("--warmup={}ns", workload.warmup_ns),
      fmt::format("--duration={}ns", workload.duration_ns),
      "--expect-status=200",
      "--json=-"};
  if (workload.rate_per_second) {
    argv.push_back(fmt::format("--rate={}", *workload.rate_per_second));
  }
  if (!workload.keep_alive) argv.emplace_back("--close");
  argv.push_back(url);
  return argv;
}

LoadResult parse(std::string_view output) { return parse_load(output); }

}  // namespace

const LoadTool kLoadgen = {.name = "loadgen",
                           .command = command,
                           .warmup_command = nullptr,
                           .parse = parse};

}  // namespace sockmark
