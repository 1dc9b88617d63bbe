// wrk: its text in our terms.
//
// What it prints, and what it is worth: latencies leave the time to connect
// out and hold values that wrk made up where it saw a stall; requests under
// way at the end are dropped unseen; a request without an answer is never
// counted; "read" errors are resets, early ends and garbage alike, so they get
// a bucket of their own, `socket`.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "harness/tool/tool.h"
#include "harness/tool/tool_load.h"
#include "harness/tool/tool_text.h"
#include "harness/tool/wrk_report.h"

namespace sockmark {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

std::optional<std::string> cannot(const Workload& workload) {
  if (workload.rate_per_second) {
    return "wrk has no open loop: it holds no rate";
  }
  if (workload.duration_ns % kSecond != 0) {
    return "wrk measures whole seconds only";
  }
  return std::nullopt;
}

std::vector<std::string> command_for(const Workload& workload,
                                     std::int64_t duration_ns,
                                     const LoadTarget& target) {
  if (const auto reason = cannot(workload)) {
    throw std::invalid_argument(*reason);
  }
  if (target.expected_status < 200 || target.expected_status >= 400) {
    throw std::invalid_argument(
        fmt::format("wrk takes a {} for an error", target.expected_status));
  }
  std::vector<std::string> argv = {
      "wrk", "--threads=1",
      fmt::format("--connections={}", workload.connections),
      fmt::format("--duration={}s", duration_ns / kSecond), "--latency"};
  if (!workload.keep_alive) argv.emplace_back("--header=Connection: close");
  argv.push_back(target.url);
  return argv;
}

std::vector<std::string> command(const Workload& workload,
                                 const LoadTarget& target) {
  return command_for(workload, workload.duration_ns, target);
}

// Rounded up to whole seconds, which is all that wrk can do.
std::vector<std::string> warmup_command(const Workload& workload,
                                        const LoadTarget& target) {
  const std::int64_t seconds = (workload.warmup_ns + kSecond - 1) / kSecond;
  return command_for(workload, seconds * kSecond, target);
}

LoadResult parse(std::string_view output) {
  const WrkReport report = read_wrk_report(output);
  const std::uint64_t requests = report.requests;
  const std::uint64_t good = requests - std::min(requests, report.bad_status);
  const double good_share =
      requests == 0 ? 0
                    : static_cast<double>(good) / static_cast<double>(requests);
  return load_of(
      {.name = "wrk",
       .engine = "epoll",
       .connections = report.connections,
       .requests_per_second = report.requests_per_second * good_share,
       .measured_ns = static_cast<std::int64_t>(report.elapsed_ns),
       .completed = good,
       .connect = report.connect,
       .timeout = report.timeout,
       .status = report.bad_status,
       .body = {},
       .socket = report.read + report.write,
       .bytes_received = report.bytes,
       .min = {},
       .mean = report.mean,
       .stdev = report.stdev,
       .p50 = report.p50,
       .p90 = report.p90,
       .p99 = report.p99,
       .max = report.max});
}

// It prints its usage behind it, and fails.
std::vector<std::string> version_command() { return {"wrk", "-v"}; }

// "wrk debian/4.1.0-3+b2 [epoll] Copyright (C) 2012 Will Glozer"
std::optional<std::string> version_in(std::string_view output) {
  const auto rest = after(output, "wrk ");
  if (!rest || rest->find("[epoll]") == std::string_view::npos) {
    return std::nullopt;
  }
  return std::string(rest->substr(0, rest->find(' ')));
}

}  // namespace

const LoadTool kWrk = {.name = "wrk",
                       .package = "wrk",
                       .cannot = cannot,
                       .command = command,
                       .warmup_command = warmup_command,
                       .parse = parse,
                       .version_command = version_command,
                       .version_in = version_in};

}  // namespace sockmark
