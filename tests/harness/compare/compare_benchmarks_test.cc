// Two files of Google Benchmark.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/compare/not_comparable.h"
#include "harness/compare/stored_comparison.h"
#include "harness/process/exit_statuses.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

Judgement of(const Comparison& comparison, const std::string& cell,
             const std::string& metric) {
  for (const Judgement& one : comparison.judgements) {
    if (one.cell == cell && one.metric.name == metric) return one;
  }
  throw std::runtime_error("no " + metric + " of " + cell);
}

BenchmarkFile benchmarks(const std::string& name, std::vector<Benchmark> all) {
  return {.name = name,
          .description = "",
          .machine = {},
          .notes = {},
          .benchmarks = std::move(all)};
}

Benchmark repeated(const std::string& name, int times, double factor = 1) {
  Benchmark one;
  one.name = name;
  for (int i = 0; i < times; ++i) {
    one.real_time_ns.push_back(factor * (1000 + i));
    one.cpu_time_ns.push_back(factor * (900 + i));
  }
  return one;
}

TEST(StoredBenchmarks, FindASlowerOne) {
  const Comparison found =
      compare_benchmarks(benchmarks("a", {repeated("BM_a", 10)}),
                         benchmarks("b", {repeated("BM_a", 10, 1.2)}), false);
  EXPECT_EQ(of(found, "BM_a", "real_time_ns").finding, Finding::regressed);
  EXPECT_EQ(of(found, "BM_a", "cpu_time_ns").finding, Finding::regressed);
  EXPECT_EQ(found.rounds, 10);
}

TEST(StoredBenchmarks, SayThatOneValueSaysNothing) {
  Benchmark single = repeated("BM_a", 1);
  single.is_aggregate = true;
  const Comparison found =
      compare_benchmarks(benchmarks("a", {single}),
                         benchmarks("b", {repeated("BM_a", 1, 2)}), false);
  EXPECT_THAT(found.notes, Contains(AllOf(HasSubstr("a has only an aggregate"),
                                          HasSubstr("repetitions=10"))));
  EXPECT_THAT(found.notes, Contains(HasSubstr("b has only one repetition")));
  EXPECT_EQ(of(found, "BM_a", "real_time_ns").finding, Finding::inconclusive);
  EXPECT_EQ(exit_status_of(found, true), kExitInconclusive);
}

TEST(StoredBenchmarks, SayThatOneFileWasGivenTwice) {
  const auto file = benchmarks("a.json", {repeated("BM_a", 10)});
  EXPECT_THAT(compare_benchmarks(file, file, false).notes,
              Contains(HasSubstr("Both sides are the same file, a.json")));
}

TEST(StoredBenchmarks, TellWhatCameWentAndFailed) {
  Benchmark failed;
  failed.name = "BM_c";
  failed.error = "no socket";
  Benchmark skipped;
  skipped.name = "BM_d";
  skipped.error = "too old a kernel";
  skipped.is_skipped = true;
  const Comparison found = compare_benchmarks(
      benchmarks("a", {repeated("BM_a", 5), repeated("BM_c", 5), skipped}),
      benchmarks("b", {repeated("BM_b", 5), failed, skipped}), false);
  EXPECT_THAT(found.missing, ElementsAre("BM_a"));
  EXPECT_THAT(found.fresh, ElementsAre("BM_b"));
  EXPECT_THAT(found.failed, ElementsAre("head: BM_c: no socket"));
  EXPECT_THAT(found.notes, Contains("BM_d was skipped: too old a kernel."));
}

TEST(StoredBenchmarks, WithNothingInCommonAreRefused) {
  EXPECT_THROW(compare_benchmarks(benchmarks("a", {repeated("BM_a", 5)}),
                                  benchmarks("b", {repeated("BM_b", 5)}), true),
               NotComparable);
}

TEST(StoredBenchmarks, OfOtherMachinesAreRefused) {
  auto base = benchmarks("a", {repeated("BM_a", 5)});
  base.machine.traits = {{"num_cpus", "CPUs", "2"}};
  auto head = base;
  head.machine.traits = {{"num_cpus", "CPUs", "8"}};
  EXPECT_THROW(compare_benchmarks(base, head, false), NotComparable);
  EXPECT_NO_THROW(compare_benchmarks(base, head, true));
}

}  // namespace
}  // namespace sockmark
