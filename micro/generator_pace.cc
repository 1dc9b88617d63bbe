// Scenario `pace`: how well loadgen keeps to the rate of an open loop. The
// others have none.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <exception>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "harness/text/text.h"
#include "lib/duration.h"
#include "micro/generator_runs.h"
#include "micro/generator_scenarios.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

constexpr auto kDuration = 5s;
constexpr std::array kRates = {1'000, 10'000, 20'000};
constexpr double kMostP50 = 10'000;   // ns late
constexpr double kMostP99 = 100'000;  // ns late
constexpr double kRateWithin = 0.001;

struct Pace {
  double rate;
  double p50;  // ns late
  double p99;
  std::string doubt;
};

// What is null is no number, and then nothing holds.
double number_at(const nlohmann::json& report, const char* path) {
  const auto value =
      report.value(nlohmann::json::json_pointer(path), nlohmann::json(nullptr));
  return value.is_number() ? value.get<double>()
                           : std::numeric_limits<double>::quiet_NaN();
}

Pace pace_of(const std::string& engine, int rate) {
  const std::string text =
      run_open_loop(engine,
                    {"-c", "64", "--rate", std::to_string(rate), "-d",
                     fmt::format("{}s", kDuration.count())},
                    kDuration);
  const auto report = nlohmann::json::parse(text);
  return {.rate = number_at(report, "/achieved/rate_per_second"),
          .p50 = number_at(report, "/generator/lateness_ns/p50"),
          .p99 = number_at(report, "/generator/lateness_ns/p99"),
          .doubt = doubt_in(text)};
}

std::string time(double ns) {
  if (std::isnan(ns)) return std::string(kUnknown);
  return format_duration(nanoseconds(std::llround(ns)));
}

std::string outcome(const Pace& pace, double asked) {
  std::vector<std::string> short_of;
  if (!(std::abs(pace.rate - asked) <= kRateWithin * asked)) {
    short_of.emplace_back("rate");
  }
  if (!(pace.p50 <= kMostP50)) short_of.emplace_back("p50");
  if (!(pace.p99 <= kMostP99)) short_of.emplace_back("p99");
  return short_of.empty() ? "holds" : "falls short: " + join(short_of, ", ");
}

void print_row(const std::string& name, int rate, const Pace& pace) {
  fmt::print("  {:<14}{:>8}{:>12.1f}{:>11}{:>11}  {}\n", name,
             format_count(rate), pace.rate, time(pace.p50), time(pace.p99),
             outcome(pace, rate));
  if (!pace.doubt.empty()) {
    const auto lines = wrap("*** " + pace.doubt, 72);
    fmt::print("    {}\n", join(lines, "\n        "));
  }
  std::fflush(stdout);
}

}  // namespace

bool measure_pace(const std::vector<Contender>& /*contenders*/,
                  const Effort& /*effort*/) {
  fmt::print(
      "\npace: open loop, one run of {} s each. Holds: rate within {} %, "
      "lateness p50\n<= {}, p99 <= {}\n  {:<14}{:>8}{:>12}{:>11}{:>11}\n",
      kDuration.count(), 100 * kRateWithin, time(kMostP50), time(kMostP99),
      "generator", "asked/s", "achieved/s", "late, p50", "p99");
  bool measured = true;
  for (const std::string engine : {"uring", "epoll"}) {
    for (const int rate : kRates) {
      try {
        print_row("loadgen " + engine, rate, pace_of(engine, rate));
      } catch (const std::exception& failure) {
        fmt::print("*** loadgen {} at {}/s not measured: {}\n", engine,
                   format_count(rate), failure.what());
        measured = false;
      }
    }
  }
  return measured;
}

}  // namespace sockmark
