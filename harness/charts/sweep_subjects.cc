#include "harness/charts/sweep_subjects.h"

#include <utility>

namespace sockmark {
namespace {

SweepFigure of_cell(std::string name,
                    std::optional<MedianInterval> Cell::*figure) {
  return {std::move(name),
          [figure](const Workload&, const Cell& cell) { return cell.*figure; }};
}

Subject throughput() {
  return {.name = "throughput",
          .title = "Throughput",
          .unit = "req/s",
          .figures = {of_cell("", &Cell::requests_per_second)},
          .background = 0};
}

Subject latency() {
  return {
      .name = "latency",
      .title = "Latency",
      .unit = "ms, logarithmic",
      .divisor = 1e6,
      .is_log = true,
      .figures = {of_cell("p50", &Cell::p50_ns), of_cell("p99", &Cell::p99_ns),
                  of_cell("p99.9", &Cell::p99_9_ns)}};
}

// How much of the offered rate was held.
Subject achieved() {
  return {
      .name = "achieved",
      .title = "Achieved share of the offered rate",
      .unit = "% of the offered requests answered",
      .divisor = 0.01,
      .figures = {{"",
                   [](const Workload& workload, const Cell& cell) {
                     auto share = cell.requests_per_second;
                     if (!share || workload.rate_per_second.value_or(0) <= 0)
                       return std::optional<MedianInterval>();
                     share->median /= *workload.rate_per_second;
                     share->low /= *workload.rate_per_second;
                     share->high /= *workload.rate_per_second;
                     return share;
                   }}},
      .background = 0};
}

Subject memory() {
  return {.name = "memory",
          .title = "Memory of the server's processes",
          .unit = "MB proportional set size, logarithmic",
          .divisor = 1e6,
          .is_log = true,
          .figures = {of_cell("", &Cell::pss_loaded_bytes)},
          .background = 0};
}

Subject cpu() {
  return {.name = "cpu",
          .title = "Server CPU time per request",
          .unit = "µs of CPU per request, logarithmic",
          .divisor = 1e3,
          .is_log = true,
          .figures = {of_cell("", &Cell::cpu_ns_per_request)},
          .background = 0};
}

Subject traffic() {
  return {.name = "bytes",
          .title = "Bytes received",
          .unit = "MB/s, logarithmic",
          .divisor = 1e6,
          .is_log = true,
          .figures = {of_cell("", &Cell::bytes_per_second)},
          .background = 0};
}

}  // namespace

Against against(Factor factor) {
  switch (factor) {
    case Factor::connections:
      return {
          "connections", "connections, logarithmic", {throughput(), latency()}};
    case Factor::rate:
      return {"offered rate",
              "offered req/s, logarithmic",
              {latency(), achieved()}};
    case Factor::body:
      return {"reply size",
              "bytes in a reply's body, logarithmic",
              {throughput(), traffic()}};
    case Factor::idle:
      return {"idle connections",
              "idle connections held, logarithmic",
              {memory(), cpu()}};
  }
  return {};
}

}  // namespace sockmark
