#include "harness/tool/wrk_report.h"

#include <algorithm>
#include <stdexcept>

#include "harness/tool/tool_text.h"
#include "lib/http.h"

namespace sockmark {
namespace {

// "Latency   499.58us  218.92us   3.05ms   74.80%"
void read_latency(std::string_view columns, WrkReport& report) {
  for (std::optional<double>* const column :
       {&report.mean, &report.stdev, &report.max}) {
    columns = trim(columns);
    *column = nanoseconds_in(columns);
    columns.remove_prefix(std::min(columns.find(' '), columns.size()));
  }
}

// What was read so far. Two lines are in every output of wrk.
struct Reading {
  WrkReport report;
  bool has_total = false;
  bool has_rate = false;
};

// "163229 requests in 2.00s, 12.14MB read"
void read_total(std::string_view line, Reading& reading) {
  static constexpr std::string_view kMiddle = " requests in ";
  const auto at = line.find(kMiddle);
  if (at == std::string_view::npos) return;
  const auto count = leading_number(line);
  const auto rest = line.substr(at + kMiddle.size());
  const auto comma = std::min(rest.find(','), rest.size());
  const auto elapsed = nanoseconds_in(rest.substr(0, comma));
  if (!count || !elapsed) return;
  reading.report.requests = static_cast<std::uint64_t>(count->value);
  reading.report.elapsed_ns = *elapsed;
  reading.report.bytes =
      bytes_in(rest.substr(std::min(comma + 1, rest.size())));
  reading.has_total = true;
}

void read_rate(std::string_view text, Reading& reading) {
  const auto number = leading_number(text);
  if (!number) return;
  reading.report.requests_per_second = number->value;
  reading.has_rate = true;
}

// "Socket errors: connect 0, read 12, write 0, timeout 3"
void read_socket_errors(std::string_view line, WrkReport& report) {
  report.connect = count_behind(line, "connect ");
  report.read = count_behind(line, "read ");
  report.write = count_behind(line, "write ");
  report.timeout = count_behind(line, "timeout ");
}

void read_line(std::string_view line, Reading& reading) {
  WrkReport& report = reading.report;
  if (const auto columns = after(line, "Latency  ")) {
    read_latency(*columns, report);
  } else if (const auto median = after(line, "50%")) {
    report.p50 = nanoseconds_in(*median);
  } else if (const auto ninety = after(line, "90%")) {
    report.p90 = nanoseconds_in(*ninety);
  } else if (const auto tail = after(line, "99%")) {
    report.p99 = nanoseconds_in(*tail);
  } else if (const auto rate = after(line, "Requests/sec:")) {
    read_rate(*rate, reading);
  } else if (after(line, "Socket errors:")) {
    read_socket_errors(line, report);
  } else if (after(line, "Non-2xx or 3xx responses:")) {
    report.bad_status = count_behind(line, "responses:");
  } else if (line.find(" threads and ") != std::string_view::npos) {
    report.connections = static_cast<int>(count_behind(line, "and "));
  } else {
    read_total(line, reading);
  }
}

}  // namespace

WrkReport read_wrk_report(std::string_view output) {
  Reading reading;
  while (const auto line = first_line(output)) {
    output.remove_prefix(line->next);
    read_line(trim(line->text), reading);
  }
  if (!reading.has_total || !reading.has_rate) {
    throw std::runtime_error(
        "this is no output of wrk 4: 'requests in' or 'Requests/sec:' is "
        "missing");
  }
  // Without a sample wrk prints zeros, which no latency is.
  WrkReport& report = reading.report;
  if (report.max.value_or(0) <= 0) {
    report.mean = report.stdev = report.max = std::nullopt;
    report.p50 = report.p90 = report.p99 = std::nullopt;
  }
  return report;
}

}  // namespace sockmark
