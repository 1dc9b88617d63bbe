// Two files of Google Benchmark's.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "harness/compare/stored_comparison.h"

namespace sockmark {
namespace {

using ByName = std::map<std::string, const Benchmark*>;

const std::vector<Metric>& benchmark_metrics() {
  static const std::vector<Metric> kMetrics = {{.name = "cpu_time_ns",
                                                .label = "CPU time",
                                                .unit = "ns",
                                                .margin = {.relative = 0.03}},
                                               {.name = "real_time_ns",
                                                .label = "real time",
                                                .unit = "ns",
                                                .margin = {.relative = 0.05}}};
  return kMetrics;
}

ByName by_name(const BenchmarkFile& file) {
  ByName found;
  for (const Benchmark& one : file.benchmarks) found.emplace(one.name, &one);
  return found;
}

void add_samples(const Benchmark& base, const Benchmark& head,
                 StoredSides& sides) {
  if (base.real_time_ns.empty() || head.real_time_ns.empty()) return;
  for (const Metric& metric : benchmark_metrics()) {
    const auto times = metric.name == "cpu_time_ns" ? &Benchmark::cpu_time_ns
                                                    : &Benchmark::real_time_ns;
    sides.samples.push_back({.cell = base.name,
                             .metric = metric,
                             .base = base.*times,
                             .head = head.*times});
  }
  sides.rounds = std::max(sides.rounds,
                          static_cast<int>(std::max(base.real_time_ns.size(),
                                                    head.real_time_ns.size())));
}

std::optional<Trouble> trouble_of(const Benchmark& one) {
  const bool has_figures = !one.real_time_ns.empty();
  if (one.error.empty() && has_figures) return std::nullopt;
  return Trouble{.what = one.error,
                 .is_fault = !one.is_skipped,
                 .has_figures = has_figures};
}

void tell_failures(const Benchmark& base, const Benchmark& head,
                   CellNews& news) {
  if (base.is_skipped && head.is_skipped) {
    news.notes.push_back(
        fmt::format("{} was skipped: {}.", base.name, head.error));
    return;
  }
  tell_trouble(base.name, trouble_of(base), trouble_of(head), news);
}

std::vector<std::string> notes_on(const BenchmarkFile& base,
                                  const BenchmarkFile& head) {
  std::vector<std::string> notes = {
      "What drifted on the machine between the two counts as a difference of "
      "the programs: run them in turns before you believe one."};
  if (base.name == head.name) {
    notes.push_back(fmt::format(
        "Both sides are the same file, {}: this shows nothing of a change.",
        base.name));
  }
  for (const BenchmarkFile* const file : {&base, &head}) {
    notes.insert(notes.end(), file->notes.begin(), file->notes.end());
    const auto& all = file->benchmarks;
    const bool has_single = std::any_of(
        all.begin(), all.end(),
        [](const Benchmark& one) { return one.real_time_ns.size() == 1; });
    if (!has_single) continue;
    const bool is_aggregate =
        std::any_of(all.begin(), all.end(),
                    [](const auto& one) { return one.is_aggregate; });
    notes.push_back(fmt::format(
        "{} has {} for a benchmark, and one value says nothing of how much it "
        "varies: measure with --benchmark_repetitions=10{}.",
        file->name, is_aggregate ? "only an aggregate" : "only one repetition",
        is_aggregate ? " and without --benchmark_report_aggregates_only" : ""));
  }
  return notes;
}

}  // namespace

Comparison compare_benchmarks(const BenchmarkFile& base,
                              const BenchmarkFile& head, bool force) {
  StoredSides sides = {.base = {base.name, base.description},
                       .head = {head.name, head.description},
                       .machine = differences(base.machine, head.machine),
                       .notes = notes_on(base, head),
                       .news = {},
                       .samples = {}};
  const ByName of_base = by_name(base);
  const ByName of_head = by_name(head);
  for (const auto& [name, benchmark] : of_head) {
    if (!of_base.contains(name)) sides.news.fresh.push_back(name);
  }
  for (const Benchmark& one : base.benchmarks) {
    const auto other = of_head.find(one.name);
    if (other == of_head.end()) {
      sides.news.missing.push_back(one.name);
      continue;
    }
    tell_failures(one, *other->second, sides.news);
    add_samples(one, *other->second, sides);
  }
  sides.cells = base.benchmarks.size() + sides.news.fresh.size();
  return compare_sides(std::move(sides), force);
}

}  // namespace sockmark
