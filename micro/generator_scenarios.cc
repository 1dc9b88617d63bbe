// The scenarios that go by rounds.
#include "micro/generator_scenarios.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <iterator>
#include <string>

#include "harness/process/find_program.h"
#include "harness/tool/tool.h"
#include "micro/generator_runs.h"
#include "micro/generator_table.h"

namespace sockmark {
namespace {

constexpr std::uint64_t kLargeBytes = 65536;

double megabytes_per_cpu_second(const Run& run) {
  return run.account.requests * static_cast<double>(kLargeBytes) / 1e6 /
         run.cpu_seconds;
}

const Figure kRate{"req/s", requests_per_second};
const Figure kCpu{"us/req", cpu_us_per_request};
const Figure kBytes{"MB/CPU-s", megabytes_per_cpu_second};

struct Comparison {
  std::string title;
  Load load;
  Figure cost = kCpu;
  std::vector<Goal> goals;
};

bool is_bare(const Contender& contender) {
  return contender.name.starts_with("bare");
}

std::vector<Contender> without_bare(const std::vector<Contender>& all) {
  std::vector<Contender> kept;
  std::remove_copy_if(all.begin(), all.end(), std::back_inserter(kept),
                      is_bare);
  return kept;
}

std::vector<Goal> both_at_least(const Figure& figure, double bound) {
  return {{"loadgen uring", figure, "wrk", false, bound},
          {"loadgen epoll", figure, "wrk", false, bound}};
}

std::vector<Runs> run_comparison(const Comparison& comparison,
                                 const std::vector<Contender>& contenders,
                                 const Effort& effort) {
  Load load = comparison.load;
  load.duration = effort.duration;
  fmt::print("\n{}: {} x {} s\n", comparison.title, effort.rounds,
             load.duration.count());
  std::fflush(stdout);
  return run_rounds(contenders, load, effort.rounds);
}

void print(const Comparison& comparison, const std::vector<Runs>& all,
           const CallsPerRequest& calls) {
  fmt::print("{}\n", comparison_table(all, comparison.cost, calls));
  for (const Goal& goal : comparison.goals) {
    fmt::print("{}", goal_line(goal, all));
  }
}

bool measured_ours(const std::vector<Runs>& all) {
  return std::none_of(all.begin(), all.end(), [](const Runs& runs) {
    return runs.contender->is_ours() && !runs.failure.empty();
  });
}

bool measure(const Comparison& comparison,
             const std::vector<Contender>& contenders, const Effort& effort) {
  const auto all = run_comparison(comparison, contenders, effort);
  print(comparison, all, {});
  fmt::print("{}", trouble_lines(all));
  return measured_ours(all);
}

CallsPerRequest count_calls(const std::vector<Runs>& all, const Load& load) {
  CallsPerRequest calls;
  if (!find_program("strace")) {
    fmt::print(
        "*** strace is not installed (apt-get install strace): system calls "
        "not counted\n");
    return calls;
  }
  for (const Runs& runs : all) {
    if (!runs.failure.empty()) continue;
    const std::string& name = runs.contender->name;
    try {
      calls[name] = calls_per_request(runs, load);
    } catch (const std::exception& failure) {
      fmt::print("*** system calls of {} not counted: {}\n", name,
                 failure.what());
    }
  }
  return calls;
}

void print_call_bound(const CallsPerRequest& calls, const std::string& name,
                      double most) {
  const auto found = calls.find(name);
  fmt::print("{}",
             bound_line(name + ": calls/req",
                        found == calls.end() ? std::nullopt
                                             : std::optional(found->second),
                        most));
}

bool measure_long(const std::vector<Contender>& contenders,
                  const Effort& effort) {
  const Comparison comparison{
      .title = "long: keep-alive, 64 connections, small replies",
      .load = {},
      .goals = {{"loadgen uring", kCpu, "wrk", true, 0.72},
                {"loadgen epoll", kCpu, "wrk", true, 0.80},
                {"loadgen uring", kCpu, "bare uring", true, 1.05},
                {"loadgen epoll", kCpu, "bare epoll", true, 1.05}}};
  const auto all = run_comparison(comparison, contenders, effort);
  const auto calls = count_calls(all, comparison.load);
  print(comparison, all, calls);
  print_call_bound(calls, "loadgen uring", 0.3);
  print_call_bound(calls, "loadgen epoll", 2.1);
  if (!calls.empty()) {
    fmt::print(
        "  calls: those that wait, send or receive, per request, as strace "
        "counts them in\n  a run of 1 s. It slows them, and who is slow waits "
        "less often: it is a lower\n  bound, but for loadgen's waits, which "
        "are its own of the runs without it.\n");
  }
  fmt::print("{}", trouble_lines(all));
  return measured_ours(all);
}

bool measure_one(const std::vector<Contender>& contenders,
                 const Effort& effort) {
  return measure({.title = "one: keep-alive, one connection, small replies",
                  .load = {.connections = 1},
                  .goals = both_at_least(kRate, 1.0)},
                 without_bare(contenders), effort);
}

bool measure_short(const std::vector<Contender>& contenders,
                   const Effort& effort) {
  return measure({.title = "short: a connection per request, 64 at a time",
                  .load = {.keep_alive = false},
                  .goals = both_at_least(kRate, 1.2)},
                 without_bare(contenders), effort);
}

bool measure_large(const std::vector<Contender>& contenders,
                   const Effort& effort) {
  return measure({.title = "large: keep-alive, 64 connections, replies of 64 "
                           "KiB",
                  .load = {.body_bytes = kLargeBytes},
                  .cost = kBytes,
                  .goals = both_at_least(kBytes, 1.2)},
                 without_bare(contenders), effort);
}

}  // namespace

const std::vector<Scenario>& all_scenarios() {
  static const std::vector<Scenario> all = {
      {"long", measure_long},   {"one", measure_one},
      {"short", measure_short}, {"large", measure_large},
      {"many", measure_many},   {"pace", measure_pace}};
  return all;
}

}  // namespace sockmark
