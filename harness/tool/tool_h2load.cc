// h2load, speaking HTTP/1.1: its text in our terms.
//
// What it prints, and what it is worth: minimum, mean and maximum of the time
// for a request, to a microsecond, of a million of them at most; percentiles,
// none. A request whose connection dies is mostly not counted at all: a server
// that is gone leaves it waiting until its time is over, without an error.
// What is under way at the end is dropped, and nothing says how much. Its rate
// is over the time that it was asked for, not the time it took: too high where
// it was kept from its core, which Little's law shows. It
// closes no connection of its own, and where the server closes each behind its
// reply ("Connection: close") it does not end by itself.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "harness/tool/h2load_report.h"
#include "harness/tool/tool.h"
#include "harness/tool/tool_load.h"
#include "harness/tool/tool_text.h"
#include "lib/http.h"

namespace sockmark {
namespace {

// What its times are read to.
constexpr std::int64_t kMillisecond = 1'000'000;

std::optional<std::string> cannot(const Workload& workload) {
  if (workload.rate_per_second) {
    return "h2load has no open loop: it holds no rate";
  }
  if (!workload.keep_alive) {
    return "h2load keeps its connections: it makes no new one per request";
  }
  if (workload.duration_ns % kMillisecond != 0 ||
      workload.warmup_ns % kMillisecond != 0) {
    return "h2load measures whole milliseconds only";
  }
  return std::nullopt;
}

std::vector<std::string> command(const Workload& workload,
                                 const LoadTarget& target) {
  if (const auto reason = cannot(workload)) {
    throw std::invalid_argument(*reason);
  }
  if (target.expected_status < 200 || target.expected_status >= 400) {
    throw std::invalid_argument(
        fmt::format("h2load takes a {} for an error", target.expected_status));
  }
  return {"h2load",
          "--h1",
          "--threads=1",
          fmt::format("--clients={}", workload.connections),
          fmt::format("--duration={}ms", workload.duration_ns / kMillisecond),
          fmt::format("--warm-up-time={}ms", workload.warmup_ns / kMillisecond),
          target.url};
}

LoadResult parse(std::string_view output) {
  const H2loadReport report = read_h2load_report(output);
  const double good_share = report.done == 0
                                ? 0
                                : static_cast<double>(report.succeeded) /
                                      static_cast<double>(report.done);
  const auto beyond = [](std::uint64_t all, std::uint64_t some) {
    return all - std::min(all, some);
  };
  return load_of(
      {.name = "h2load",
       .engine = "epoll",
       .connections = report.clients,
       .requests_per_second = report.requests_per_second * good_share,
       .measured_ns = report.measured_ns,
       .completed = report.succeeded,
       .connect = {},  // its socket errors have no kind
       .timeout = report.timed_out,
       .status = beyond(report.failed, report.errored),
       .body = {},
       .socket = beyond(report.errored, report.timed_out),
       .bytes_received = report.bytes,
       .min = report.min,
       .mean = report.mean,
       .stdev = report.stdev,
       .p50 = {},
       .p90 = {},
       .p99 = {},
       .max = report.max});
}

std::vector<std::string> version_command() { return {"h2load", "--version"}; }

// "h2load nghttp2/1.52.0"
std::optional<std::string> version_in(std::string_view output) {
  const auto version = after(output, "h2load ");
  if (!version) return std::nullopt;
  return std::string(trim(version->substr(0, version->find('\n'))));
}

}  // namespace

const LoadTool kH2load = {.name = "h2load",
                          .package = "nghttp2-client",
                          .cannot = cannot,
                          .command = command,
                          .warmup_command = nullptr,
                          .parse = parse,
                          .version_command = version_command,
                          .version_in = version_in};

}  // namespace sockmark
