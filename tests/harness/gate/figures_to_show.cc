#include "tests/harness/gate/figures_to_show.h"

#include <array>
#include <cmath>
#include <stdexcept>

namespace sockmark {
namespace {

// Between -1 and 1, without a pattern that the eye sees.
double scatter(std::size_t i) {
  return std::sin(12.9898 * static_cast<double>(i + 1)) *
         std::cos(4.1414 * static_cast<double>(i));
}

Judgement bare_figure(const std::string& cell, const Metric& metric) {
  Judgement figure;
  figure.cell = cell;
  figure.metric = metric;
  return figure;
}

double smallest_seen(double half_width) { return 2.5 * half_width; }

}  // namespace

Metric cpu_metric() {
  return {.name = "cpu_ns_per_request",
          .label = "CPU/request",
          .unit = "ns",
          .margin = {.relative = 0.03}};
}

Metric throughput_metric() {
  return {.name = "requests_per_second",
          .label = "req/s",
          .unit = "req/s",
          .better = Better::higher,
          .margin = {.relative = 0.05}};
}

Metric p50_metric() {
  return {.name = "p50_ns",
          .label = "p50",
          .unit = "ns",
          .margin = {.relative = 0.05}};
}

Metric p99_metric() {
  return {.name = "p99_ns",
          .label = "p99",
          .unit = "ns",
          .margin = {.relative = 0.10, .absolute = 50'000}};
}

Metric memory_metric() {
  return {.name = "pss_loaded_bytes",
          .label = "memory",
          .unit = "bytes",
          .margin = {.relative = 0.05, .absolute = 1024 * 1024}};
}

Metric errors_metric() {
  return {.name = "errors_per_request",
          .label = "errors/request",
          .unit = "",
          .rule = Rule::none};
}

Metric system_calls_metric() {
  return {.name = "system_calls_per_request",
          .label = "system calls/request",
          .unit = "",
          .rule = Rule::exact,
          .margin = {.relative = 0.02, .absolute = 0.05}};
}

Judgement made_figure(const std::string& cell, const Metric& metric,
                      const Made& made) {
  Judgement figure = bare_figure(cell, metric);
  for (std::size_t i = 0; i < made.n; ++i) {
    // What a round has in common, and what each trial has of its own.
    const double round = 1 + 0.03 * scatter(i);
    const double own = made.half_width;
    figure.base.push_back(made.base_median * round *
                          (1 + own * scatter(i + 100)));
    figure.head.push_back(made.base_median * made.ratio * round *
                          (1 + own * scatter(i + 200)));
  }
  figure.base_median = made.base_median;
  figure.head_median = made.base_median * made.ratio;
  figure.base_variation = figure.head_variation = 0.02;
  const double width = std::log1p(made.half_width);
  figure.estimate = {.ratio = made.ratio,
                     .low = made.ratio * std::exp(-width),
                     .high = made.ratio * std::exp(width),
                     .low90 = made.ratio * std::exp(-0.8 * width),
                     .high90 = made.ratio * std::exp(0.8 * width),
                     .coverage = 0.951171875};
  const bool is_worse = (made.ratio > 1) == (metric.better == Better::lower);
  const bool is_clear = std::abs(std::log(made.ratio)) > width;
  const double p = is_clear ? 0.0009765625 : 0.3125;
  figure.p_worse = is_worse ? p : 1 - p;
  figure.p_better = is_worse ? 1 - p : p;
  figure.p_worse_adjusted = std::min(1.0, 14 * *figure.p_worse);
  figure.p_better_adjusted = std::min(1.0, 14 * *figure.p_better);
  figure.finding = made.finding;
  figure.reason = made.reason;
  figure.smallest_visible = smallest_seen(made.half_width);
  return figure;
}

Judgement exact_figure(const std::string& cell, const Metric& metric,
                       double base, double head, Finding finding,
                       const std::string& reason) {
  Judgement figure = bare_figure(cell, metric);
  figure.base.assign(10, base);
  figure.head.assign(10, head);
  figure.base_median = base;
  figure.head_median = head;
  figure.finding = finding;
  figure.reason = reason;
  return figure;
}

Judgement unknown_figure(const std::string& cell, const Metric& metric,
                         const std::string& reason) {
  Judgement figure = bare_figure(cell, metric);
  figure.reason = reason;
  return figure;
}

std::vector<Judgement> like_cell(const std::string& cell) {
  return {
      made_figure(cell, cpu_metric(), {.base_median = 21'300, .ratio = 1.004}),
      made_figure(cell, throughput_metric(),
                  {.base_median = 45'210, .ratio = 0.993}),
      made_figure(cell, p50_metric(), {.base_median = 1.31e6, .ratio = 1.008}),
      made_figure(cell, p99_metric(),
                  {.base_median = 2.9e6, .ratio = 0.981, .half_width = 0.04}),
      made_figure(cell, memory_metric(),
                  {.base_median = 3.5 * 1024 * 1024,
                   .ratio = 1.0,
                   .half_width = 0.002}),
      exact_figure(cell, errors_metric(), 0, 0, Finding::same,
                   "none on either side"),
      exact_figure(cell, system_calls_metric(), 2.02, 2.02, Finding::same)};
}

Comparison like_comparison(const std::vector<std::string>& cells) {
  Comparison comparison;
  comparison.base = {.name = "main", .description = "1a2b3c4, clean"};
  comparison.head = {
      .name = "topic/faster-parser",
      .description = "5d6e7f8, with changes that are not committed"};
  comparison.rounds = 10;
  for (const std::string& cell : cells) {
    for (Judgement& figure : like_cell(cell)) {
      comparison.judgements.push_back(std::move(figure));
    }
  }
  return comparison;
}

Judgement& figure_of(Comparison& comparison, const std::string& cell,
                     const std::string& label) {
  for (Judgement& figure : comparison.judgements) {
    if (figure.cell == cell && figure.metric.label == label) return figure;
  }
  throw std::invalid_argument("no figure " + label + " of " + cell);
}

namespace {

struct Kind {
  double ratio;
  double half_width;
  Finding finding;
};

constexpr std::array kKinds = {Kind{1.098, 0.015, Finding::regressed},
                               Kind{1.004, 0.010, Finding::same},
                               Kind{0.930, 0.012, Finding::improved},
                               Kind{1.031, 0.060, Finding::inconclusive},
                               Kind{0.985, 0.030, Finding::not_worse},
                               Kind{0.996, 0.008, Finding::same},
                               Kind{1.012, 0.010, Finding::same}};

Judgement motley_figure(std::size_t i, const std::string& cell) {
  if (i % 17 == 7) {
    return exact_figure(cell, system_calls_metric(), 2.02, 3.01,
                        Finding::regressed, "3.01 where the base has 2.02");
  }
  if (i % 17 == 9) {
    return exact_figure(cell, errors_metric(), 0, 0.003, Finding::regressed,
                        "in 3 of 10 rounds of the new side, up to 0.3 %, and "
                        "in none of the base");
  }
  if (i % 17 == 11) {
    return unknown_figure(cell, memory_metric(),
                          "no value of either side is known");
  }
  const Kind& kind = kKinds[i % kKinds.size()];
  const bool is_throughput = i % 3 == 1;
  double ratio = kind.ratio;
  if (i % 50 == 28) ratio = 5;
  if (i % 50 == 35) ratio = 0.2;
  return made_figure(
      cell,
      is_throughput ? throughput_metric()
      : i % 3 == 0  ? cpu_metric()
                    : p99_metric(),
      {.base_median = is_throughput ? 45'210.0 : 2.13e6,
       .ratio = is_throughput ? 1 / ratio : ratio,
       .half_width = kind.half_width,
       .finding = kind.finding,
       .reason = kind.finding == Finding::inconclusive
                     ? "from 2.2 % better to 8.1 % worse (90 % interval), "
                       "where 3 % matters"
                     : ""});
}

}  // namespace

Comparison motley_comparison(std::size_t figures) {
  constexpr std::array kCells = {
      "long/epoll_lt/64 connections", "short/io_uring/1,024 connections",
      "rate/django_behind_a_proxy_with_a_long_name/64 connections, 20,000 "
      "req/s",
      "long/poll/8 connections"};
  Comparison comparison = like_comparison({});
  for (std::size_t i = 0; i < figures; ++i) {
    const std::size_t group = i / 3;
    std::string cell = kCells[group % kCells.size()];
    if (group >= kCells.size()) {
      cell.insert(0, "workload_" + std::to_string(group) + "/");
    }
    comparison.judgements.push_back(motley_figure(i, cell));
  }
  return comparison;
}

}  // namespace sockmark
