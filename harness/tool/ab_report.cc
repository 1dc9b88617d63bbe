#include "harness/tool/ab_report.h"

#include <stdexcept>

#include "harness/tool/tool_text.h"
#include "lib/http.h"

namespace sockmark {
namespace {

constexpr double kSecond = 1e9;
constexpr double kMillisecond = 1e6;

// What was read so far. Three lines are in every output of ab.
struct Reading {
  AbReport report;
  bool has_time = false;
  bool has_requests = false;
  bool has_rate = false;
};

// "99,0.434": served by then, in milliseconds. Lines that are anything else are
// left alone.
void read_percentile(std::string_view line, AbReport& report) {
  const auto percent = leading_number(line);
  if (!percent || !percent->rest.starts_with(',')) return;
  const auto time = leading_number(percent->rest.substr(1));
  if (!time || !time->rest.empty()) return;
  const double ns = time->value * kMillisecond;
  if (percent->value == 0) report.min = ns;
  if (percent->value == 50) report.p50 = ns;
  if (percent->value == 90) report.p90 = ns;
  if (percent->value == 99) report.p99 = ns;
  if (percent->value == 100) report.max = ns;
}

// "(Connect: 0, Receive: 90, Length: 0, Exceptions: 83)"
void read_failures(std::string_view line, AbReport& report) {
  report.connect = count_behind(line, "Connect:");
  report.receive = count_behind(line, "Receive:");
  report.length = count_behind(line, "Length:");
  report.exceptions = count_behind(line, "Exceptions:");
}

// The line's value goes to `to`; whether there was one.
bool read_figure(std::string_view line, std::string_view name, double& to) {
  const auto text = after(line, name);
  const auto number = text ? leading_number(*text) : std::nullopt;
  if (number) to = number->value;
  return number.has_value();
}

void read_line(std::string_view line, Reading& reading) {
  AbReport& report = reading.report;
  double figure = 0;
  if (read_figure(line, "Time taken for tests:", figure)) {
    report.elapsed_ns = figure * kSecond;
    reading.has_time = true;
  } else if (read_figure(line, "Complete requests:", figure)) {
    report.complete = static_cast<std::uint64_t>(figure);
    reading.has_requests = true;
  } else if (read_figure(line, "Requests per second:", figure)) {
    report.requests_per_second = figure;
    reading.has_rate = true;
  } else if (read_figure(line, "Concurrency Level:", figure)) {
    report.concurrency = static_cast<int>(figure);
  } else if (read_figure(line, "Total transferred:", figure)) {
    report.bytes = static_cast<std::uint64_t>(figure);
  } else if (read_figure(line, "Non-2xx responses:", figure)) {
    report.bad_status = static_cast<std::uint64_t>(figure);
  } else if (after(line, "(Connect:")) {
    read_failures(line, report);
  } else {
    read_percentile(line, report);
  }
}

}  // namespace

AbReport read_ab_report(std::string_view output) {
  Reading reading;
  while (const auto line = first_line(output)) {
    output.remove_prefix(line->next);
    read_line(trim(line->text), reading);
  }
  if (!reading.has_time || !reading.has_requests || !reading.has_rate) {
    throw std::runtime_error(
        "this is no output of ab 2: 'Time taken for tests:', 'Complete "
        "requests:' or 'Requests per second:' is missing");
  }
  return reading.report;
}

}  // namespace sockmark
