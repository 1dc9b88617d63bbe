// Scenario `many`: what a connection costs in resident memory.
//
// The peak with 10,000 of them, less that with one, after as long: what grows
// with time is in both. Kernel memory is in neither. The kernel's figure for a
// process is at least that of the one that forked it, ours: some 5 MiB. Only
// wrk with one connection takes less; its bytes per connection are up to 200
// too few.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <exception>
#include <optional>
#include <string>

#include "harness/text/text.h"
#include "lib/error.h"
#include "micro/generator_runs.h"
#include "micro/generator_scenarios.h"
#include "micro/generator_table.h"

namespace sockmark {
namespace {

constexpr int kMany = 10'000;
constexpr double kMostBytes = 4096;

// Of this process, and so of the server and of the generators.
void raise_descriptor_limit() {
  rlimit limit{};
  check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  constexpr rlim_t kNeeded = kMany + 100;
  if (limit.rlim_max < kNeeded) {
    throw std::runtime_error(
        fmt::format("{} connections need {} descriptors and the limit is {}: "
                    "raise it with 'ulimit -Hn'",
                    kMany, kNeeded, limit.rlim_max));
  }
  limit.rlim_cur = limit.rlim_max;
  check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

double peak_bytes(const Contender& contender, int connections,
                  std::chrono::seconds duration) {
  return run_once(contender, {.connections = connections, .duration = duration})
      .peak_bytes;
}

std::string mebibytes(double bytes) {
  return format_figure(bytes / 1024 / 1024);
}

// Prints a row; the bytes per connection after the longer time.
double measure_one_row(const Contender& contender, const Effort& effort) {
  std::string row = fmt::format("  {:<13}", contender.name);
  double bytes = 0;
  for (const auto after : effort.memory_after) {
    const double one = peak_bytes(contender, 1, after);
    const double many = peak_bytes(contender, kMany, after);
    bytes = (many - one) / (kMany - 1);
    row += fmt::format("{:>10}{:>10}{:>13}", mebibytes(one), mebibytes(many),
                       format_count(bytes));
  }
  fmt::print("{}\n", row);
  std::fflush(stdout);
  return bytes;
}

void print_heading(const Effort& effort) {
  fmt::print("\nmany: resident memory with {} connections on one thread\n",
             format_count(kMany));
  std::string after = fmt::format("  {:<13}", "generator");
  std::string units = fmt::format("  {:<13}", "");
  for (const auto duration : effort.memory_after) {
    after += fmt::format("{:>33}", fmt::format("{} s:", duration.count()));
    units +=
        fmt::format("{:>10}{:>10}{:>13}", "one, MiB", "all, MiB", "bytes/each");
  }
  fmt::print("{}\n{}\n", after, units);
}

}  // namespace

bool measure_many(const std::vector<Contender>& contenders,
                  const Effort& effort) {
  print_heading(effort);
  raise_descriptor_limit();
  std::string lines;
  bool measured = true;
  for (const Contender& contender : contenders) {
    const std::string& name = contender.name;
    const bool has_goal = name.starts_with("loadgen");
    if (contender.is_ours() && !has_goal) continue;
    try {
      const double bytes = measure_one_row(contender, effort);
      if (has_goal) {
        lines += bound_line(name + ": bytes/connection", bytes, kMostBytes);
      }
    } catch (const std::exception& failure) {
      lines += fmt::format("*** {} left out: {}\n", name, failure.what());
      measured = measured && !contender.is_ours();
    }
  }
  fmt::print("\n{}", lines);
  return measured;
}

}  // namespace sockmark
