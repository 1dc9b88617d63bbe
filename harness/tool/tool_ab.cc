// ApacheBench: its text in our terms.
//
// What it prints, and what it is worth: one thread, and HTTP/1.0, so that a
// server's replies differ by a Connection line from those to others. Its report
// has times in whole milliseconds, which are 0 for every server worth
// measuring; the table of -e has the same to a microsecond, so that is read.
// Its "Time per request (mean)" is connections over throughput, not measured:
// the mean is unknown. Latencies hold the time to connect, and those of
// requests that failed. A request that fails is counted as complete and once or
// more as failed: those with a reset, with another length and so on overlap, so
// answers are what is left of the complete ones by the larger of the two
// counts. It has no warm-up in the same run, and looks at its time limit only
// when a reply comes: a server that stalls keeps it for 30 s.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "harness/tool/ab_report.h"
#include "harness/tool/tool.h"
#include "harness/tool/tool_load.h"
#include "harness/tool/tool_text.h"

namespace sockmark {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::optional<std::string> cannot(const Workload& workload) {
  if (workload.rate_per_second) {
    return "ab has no open loop: it holds no rate";
  }
  if (workload.duration_ns % kSecond != 0) {
    return "ab measures whole seconds only";
  }
  return std::nullopt;
}

// -t sets -n, so -n comes behind it, with more than there will be. Without -l a
// reply that is as long as the first is good; with it, any. The table of -e
// goes to the report's own file: it is written before the report's end, and
// truncates what is there already, which is the banner.
std::vector<std::string> command_for(const Workload& workload,
                                     std::int64_t duration_ns,
                                     const LoadTarget& target) {
  if (const auto reason = cannot(workload)) {
    throw std::invalid_argument(*reason);
  }
  if (target.expected_status < 200 || target.expected_status >= 300) {
    throw std::invalid_argument(
        fmt::format("ab takes a {} for an error", target.expected_status));
  }
  std::vector<std::string> argv = {"ab",
                                   "-q",
                                   "-r",
                                   "-e",
                                   "/dev/stdout",
                                   "-c",
                                   fmt::format("{}", workload.connections),
                                   "-t",
                                   fmt::format("{}", duration_ns / kSecond),
                                   "-n",
                                   "100000000"};
  if (workload.keep_alive) argv.emplace_back("-k");
  if (!target.expected_body) argv.emplace_back("-l");
  argv.push_back(target.url);
  return argv;
}

std::vector<std::string> command(const Workload& workload,
                                 const LoadTarget& target) {
  return command_for(workload, workload.duration_ns, target);
}

// Rounded up to whole seconds, which is all that ab can do.
std::vector<std::string> warmup_command(const Workload& workload,
                                        const LoadTarget& target) {
  const std::int64_t seconds = (workload.warmup_ns + kSecond - 1) / kSecond;
  return command_for(workload, seconds * kSecond, target);
}

LoadResult parse(std::string_view output) {
  AbReport report = read_ab_report(output);
  const std::uint64_t failed = std::max(report.receive, report.length);
  const std::uint64_t answers =
      report.complete - std::min(report.complete, failed);
  const std::uint64_t good = answers - std::min(answers, report.bad_status);
  const double good_share =
      report.complete == 0
          ? 0
          : static_cast<double>(good) / static_cast<double>(report.complete);
  if (good == 0) {
    report.min = report.p50 = report.p90 = report.p99 = report.max = {};
  }
  return load_of(
      {.name = "ab",
       .engine = "epoll",
       .connections = report.concurrency,
       .requests_per_second = report.requests_per_second * good_share,
       .measured_ns = static_cast<std::int64_t>(report.elapsed_ns),
       .completed = good,
       .connect = report.connect,
       .timeout = {},
       .status = report.bad_status,
       .body = failed - report.receive,
       .socket = report.receive + report.exceptions,
       .bytes_received = report.bytes,
       .min = report.min,
       .mean = {},
       .stdev = {},
       .p50 = report.p50,
       .p90 = report.p90,
       .p99 = report.p99,
       .max = report.max});
}

std::vector<std::string> version_command() { return {"ab", "-V"}; }

// "This is ApacheBench, Version 2.3 <$Revision$>"
std::optional<std::string> version_in(std::string_view output) {
  const auto rest = after(output, "This is ApacheBench, Version ");
  if (!rest) return std::nullopt;
  return std::string(rest->substr(0, rest->find_first_of(" \n")));
}

}  // namespace

const LoadTool kAb = {.name = "ab",
                      .package = "apache2-utils",
                      .cannot = cannot,
                      .command = command,
                      .warmup_command = warmup_command,
                      .parse = parse,
                      .version_command = version_command,
                      .version_in = version_in};

}  // namespace sockmark
