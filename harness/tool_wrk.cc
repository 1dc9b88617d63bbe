// wrk: its text in our terms.
//
// What it prints, and what it is worth: latencies leave the time to connect
// out and hold values that wrk made up where it saw a stall; requests under
// way at the end are dropped unseen; a request without an answer is never
// counted; "read" errors are resets, early ends and garbage alike, so they get
// a bucket of their own, `socket`.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/tool.h"
#include "harness/wrk_report.h"

namespace sockmark {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kSecond = 1'000'000'000;

std::vector<std::string> command_for(const Workload& workload,
                                     std::int64_t duration_ns,
                                     const std::string& url) {
  if (workload.rate_per_second) {
    throw std::invalid_argument("wrk has no open loop: it holds no rate");
  }
  if (duration_ns % kSecond != 0) {
    throw std::invalid_argument("wrk measures whole seconds only");
  }
  std::vector<std::string> argv = {
      "wrk", "--threads=1",
      fmt::format("--connections={}", workload.connections),
      fmt::format("--duration={}s", duration_ns / kSecond), "--latency"};
  if (!workload.keep_alive) argv.emplace_back("--header=Connection: close");
  argv.push_back(url);
  return argv;
}

std::vector<std::string> command(const Workload& workload,
                                 const std::string& url) {
  return command_for(workload, workload.duration_ns, url);
}

// Rounded up to whole seconds, which is all that wrk can do.
std::vector<std::string> warmup_command(const Workload& workload,
                                        const std::string& url) {
  const std::int64_t seconds = (workload.warmup_ns + kSecond - 1) / kSecond;
  return command_for(workload, seconds * kSecond, url);
}

Json or_null(const auto& value) { return value ? Json(*value) : Json(nullptr); }

Json verdict_on(const WrkReport& report, std::uint64_t good) {
  const std::uint64_t errors = report.connect + report.read + report.write +
                               report.timeout + report.bad_status;
  Json reasons = Json::array();
  if (good == 0) reasons.push_back("no request was answered as expected");
  if (errors > 0) {
    reasons.push_back(
        fmt::format("wrk counted {} errors: connect {}, read {}, write {}, "
                    "timeout {}, status {}",
                    errors, report.connect, report.read, report.write,
                    report.timeout, report.bad_status));
  }
  constexpr double kManyErrors = 0.01;
  const bool is_invalid =
      good == 0 || static_cast<double>(errors) >
                       kManyErrors * static_cast<double>(good + errors);
  return {{"status", is_invalid        ? "invalid"
                     : reasons.empty() ? "valid"
                                       : "suspect"},
          {"reasons", reasons}};
}

Json to_json(const WrkReport& report) {
  const std::uint64_t requests = report.requests;
  const std::uint64_t good = requests - std::min(requests, report.bad_status);
  const double good_share =
      requests == 0 ? 0
                    : static_cast<double>(good) / static_cast<double>(requests);
  const double rate = report.requests_per_second * good_share;
  return {
      {"schema_version", kSchemaVersion},
      {"tool", {{"name", "wrk"}, {"version", nullptr}, {"engine", "epoll"}}},
      {"requested", {{"connections", or_null(report.connections)}}},
      {"achieved",
       {{"connections", nullptr},
        {"rate_per_second", rate},
        {"measured_ns", static_cast<std::int64_t>(report.elapsed_ns)}}},
      {"requests",
       {{"started", nullptr},
        {"completed", good},
        {"in_flight", nullptr},
        {"errors",
         {{"connect", report.connect},
          {"timeout", report.timeout},
          {"reset", nullptr},
          {"closed", nullptr},
          {"status", report.bad_status},
          {"body", nullptr},
          {"parse", nullptr},
          {"local", nullptr},
          {"socket", report.read + report.write}}}}},
      {"connections", nullptr},
      {"bytes", {{"sent", nullptr}, {"received", or_null(report.bytes)}}},
      {"requests_per_second", rate},
      {"latency_ns",
       {{"count", nullptr},
        {"min", nullptr},
        {"mean", or_null(report.mean)},
        {"stdev", or_null(report.stdev)},
        {"p50", or_null(report.p50)},
        {"p90", or_null(report.p90)},
        {"p99", or_null(report.p99)},
        {"p99_9", nullptr},
        {"max", or_null(report.max)},
        {"histogram", nullptr}}},
      {"service_ns", nullptr},
      {"phases_ns", nullptr},
      {"series", nullptr},
      {"generator", nullptr},
      {"verdict", verdict_on(report, good)}};
}

LoadResult parse(std::string_view output) {
  return parse_load(to_json(read_wrk_report(output)).dump());
}

}  // namespace

const LoadTool kWrk = {.name = "wrk",
                       .command = command,
                       .warmup_command = warmup_command,
                       .parse = parse};

}  // namespace sockmark
