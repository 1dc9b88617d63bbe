#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include "lib/duration.h"
#include "loadgen/report.h"

namespace sockmark {
namespace {

std::string time(Nanoseconds ns) {
  return format_duration(std::chrono::nanoseconds(ns));
}

std::string what_was_asked(const LoadSpec& spec, const Tally& tally) {
  std::string text =
      fmt::format("{} connections, {}, ", spec.connections,
                  spec.close ? "a new one for each request" : "kept alive");
  if (spec.rate)
    text += fmt::format("{} requests per second, ", spec.rate_text);
  if (spec.pipeline > 1) text += fmt::format("{} at a time, ", spec.pipeline);
  return text + fmt::format("{} measured\n", time(tally.measured));
}

// Percentiles as far as there are enough values for them.
std::string percentiles(const char* name, const Histogram& histogram) {
  std::string text = fmt::format("  {:<10} ", name);
  for (const auto& [label, percent] :
       std::array<std::pair<const char*, double>, 4>{
           {{"p50", 50}, {"p90", 90}, {"p99", 99}, {"p99.9", 99.9}}}) {
    if (!histogram.supports(percent)) continue;
    text += fmt::format("{} {}, ", label, time(histogram.percentile(percent)));
  }
  return text + fmt::format("max {}\n", time(histogram.max()));
}

// A line for each doubling, from the fastest to the slowest.
std::string distribution(const Histogram& histogram) {
  constexpr std::size_t kMostLines = 12;
  constexpr double kWidth = 40;
  struct Line {
    Nanoseconds below;
    std::uint64_t count;
  };
  std::vector<Line> lines;
  Nanoseconds below = 1;
  while (below <= histogram.min()) below *= 2;
  std::uint64_t before = 0;
  for (; before < histogram.count(); below *= 2) {
    const std::uint64_t so_far =
        histogram.count() - histogram.count_above(below - 1);
    lines.push_back({below, so_far - before});
    before = so_far;
  }
  if (lines.size() > kMostLines) return "";  // tells nothing at that scale
  std::uint64_t most = 0;
  for (const Line& line : lines) most = std::max(most, line.count);
  std::string text;
  for (const Line& line : lines) {
    const double share =
        static_cast<double>(line.count) / static_cast<double>(most);
    const auto bar = static_cast<std::size_t>(std::lround(share * kWidth));
    text += fmt::format("{:>12}  {:<40}{:7.3f} %\n", "< " + time(line.below),
                        std::string(bar, '#'),
                        100 * static_cast<double>(line.count) /
                            static_cast<double>(histogram.count()));
  }
  return text;
}

std::string errors(const Tally& tally) {
  std::string text;
  for (const auto& [name, kind] : kErrorKinds) {
    if (const std::uint64_t count = tally.errors.*kind) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, count);
    }
  }
  return fmt::format("  errors     {}\n", text);
}

std::string open_loop(const LoadSpec& spec, const Tally& tally) {
  const OpenLoop& loop = tally.open_loop;
  if (!spec.rate) return "";
  std::string text;
  if (loop.lateness.count() > 0) {
    text = percentiles("lateness", loop.lateness);
  }
  if (loop.queued > 0 || loop.unsent > 0) {
    text += fmt::format(
        "  backlog    {} waited for a connection, {} at most, {} unsent\n",
        loop.queued, loop.backlog_peak, loop.unsent);
  }
  return text;
}

}  // namespace

std::string to_text(const LoadSpec& spec, const Tally& tally,
                    const LoadVerdict& verdict,
                    const std::vector<ObjectiveResult>& objectives) {
  std::string text = what_was_asked(spec, tally);
  text += fmt::format("  requests   {:.0f} per second, {} in all, {} failed\n",
                      per_second(tally.completed, tally.measured),
                      tally.completed, tally.errors.total());
  if (tally.total.count() > 0) {
    text += percentiles("latency", tally.total);
    if (spec.rate) text += percentiles("service", tally.service);
    text += distribution(tally.total);
  }
  text += open_loop(spec, tally);
  if (tally.errors.total() > 0) text += errors(tally);
  for (const ObjectiveResult& one : objectives) {
    text += fmt::format("  objective  {} {}{}\n", one.objective,
                        one.met ? "met: " : "missed: ",
                        one.measured.empty() ? one.reason : one.measured);
  }
  text += fmt::format("  verdict    {}\n", to_string(verdict.status));
  for (const std::string& reason : verdict.reasons) {
    text += fmt::format("             {}\n", reason);
  }
  return text;
}

}  // namespace sockmark
