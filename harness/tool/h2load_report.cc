#include "harness/tool/h2load_report.h"

#include <algorithm>
#include <stdexcept>

#include "harness/tool/tool_text.h"
#include "lib/http.h"

namespace sockmark {
namespace {

constexpr double kSecond = 1e9;

// What was read so far. Two lines are in every output of h2load.
struct Reading {
  H2loadReport report;
  bool has_rate = false;
  bool has_requests = false;
};

// "spawning thread #0: 64 total client(s). Timing-based test with 0.5s of
// warm-up time and 1.5s of main duration for measurements."
void read_plan(std::string_view line, H2loadReport& report) {
  if (const auto clients = count_before(line, " total client")) {
    report.clients = static_cast<int>(*clients);
  }
  constexpr std::string_view kBefore = "warm-up time and ";
  const auto at = line.find(kBefore);
  if (at == std::string_view::npos) return;
  const auto seconds = leading_number(line.substr(at + kBefore.size()));
  if (!seconds || !seconds->rest.starts_with('s')) return;
  report.measured_ns = static_cast<std::int64_t>(seconds->value * kSecond);
}

// "finished in 3.00s, 188066.00 req/s, 13.99MB/s": the time has the warm-up in
// it, and the rate has not.
void read_rate(std::string_view line, Reading& reading) {
  const auto comma = line.find(", ");
  if (comma == std::string_view::npos) return;
  const auto rate = leading_number(line.substr(comma + 2));
  if (!rate || !rate->rest.starts_with(" req/s")) return;
  reading.report.requests_per_second = rate->value;
  reading.has_rate = true;
}

// "requests: 88 total, 92 started, 88 done, 0 succeeded, 88 failed, 0 errored,
// 0 timeout"
void read_requests(std::string_view line, Reading& reading) {
  const auto done = count_before(line, " done");
  const auto succeeded = count_before(line, " succeeded");
  const auto failed = count_before(line, " failed");
  if (!done || !succeeded || !failed) return;
  H2loadReport& report = reading.report;
  report.done = *done;
  report.succeeded = *succeeded;
  report.failed = *failed;
  report.errored = count_before(line, " errored").value_or(0);
  report.timed_out = count_before(line, " timeout").value_or(0);
  reading.has_requests = true;
}

// "121us  1.92ms  340us  109us  64.27%"
void read_times(std::string_view columns, H2loadReport& report) {
  for (std::optional<double>* const column :
       {&report.min, &report.max, &report.mean, &report.stdev}) {
    columns = trim(columns);
    *column = nanoseconds_in(columns);
    columns.remove_prefix(std::min(columns.find(' '), columns.size()));
  }
}

void read_line(std::string_view line, Reading& reading) {
  if (after(line, "spawning thread")) {
    read_plan(line, reading.report);
  } else if (after(line, "finished in")) {
    read_rate(line, reading);
  } else if (after(line, "requests:")) {
    read_requests(line, reading);
  } else if (const auto traffic = after(line, "traffic:")) {
    reading.report.bytes = count_before(*traffic, ") total");
  } else if (const auto times = after(line, "time for request:")) {
    read_times(*times, reading.report);
  }
}

}  // namespace

H2loadReport read_h2load_report(std::string_view output) {
  Reading reading;
  while (const auto line = first_line(output)) {
    output.remove_prefix(line->next);
    read_line(trim(line->text), reading);
  }
  if (!reading.has_rate || !reading.has_requests) {
    throw std::runtime_error(
        "this is no output of h2load 1: 'finished in' or 'requests:' is "
        "missing");
  }
  // Without a sample h2load prints zeros, which no latency is.
  H2loadReport& report = reading.report;
  if (report.succeeded == 0 || report.max.value_or(0) <= 0) {
    report.min = report.max = report.mean = report.stdev = std::nullopt;
  }
  return report;
}

}  // namespace sockmark
