#include "harness/compare/google_benchmark.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/compare/not_comparable.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kContext = R"({
    "date": "2026-01-31T12:00:00+00:00",
    "host_name": "here",
    "executable": "./queue",
    "num_cpus": 2,
    "mhz_per_cpu": 2000,
    "cpu_scaling_enabled": false,
    "caches": [
      {"type": "Data", "level": 1, "size": 32768, "num_sharing": 1}],
    "load_avg": [0.1, 0.2, 0.3],
    "library_build_type": "release"
  })";

class GoogleBenchmark : public testing::Test {
 protected:
  BenchmarkFile read(const std::string& rows,
                     const std::string& context = kContext) const {
    return read_text(fmt::format(R"({{
  "context": {},
  "benchmarks": [{}]
}}
)",
                                 context, rows));
  }

  BenchmarkFile read_text(const std::string& text) const {
    return read_google_benchmark(folder_.write("out.json", text));
  }

  std::string complaint(const std::string& text) const {
    try {
      read_text(text);
    } catch (const std::runtime_error& mistake) {
      return mistake.what();
    }
    return "nothing";
  }

  TemporaryFolder folder_;
};

std::string repetition(double real, double cpu, const std::string& unit = "ns",
                       const std::string& name = "BM_queue/64") {
  return fmt::format(
      R"({{"name": "{0}", "run_name": "{0}", "run_type": "iteration",
       "repetitions": 2, "repetition_index": 0, "threads": 1,
       "iterations": 1000, "real_time": {1}, "cpu_time": {2},
       "time_unit": "{3}", "items_per_second": 1.5e+06}})",
      name, real, cpu, unit);
}

std::string aggregate(const std::string& kind, double value,
                      const std::string& unit = "time") {
  return fmt::format(
      R"({{"name": "BM_queue/64_{0}", "run_name": "BM_queue/64",
       "run_type": "aggregate", "repetitions": 2, "threads": 1,
       "aggregate_name": "{0}", "aggregate_unit": "{2}", "iterations": 2,
       "real_time": {1}, "cpu_time": {1}, "time_unit": "us"}})",
      kind, value, unit);
}

TEST_F(GoogleBenchmark, HasASampleForEachRepetition) {
  const auto file =
      read(repetition(100, 90) + "," + repetition(110, 95) + "," +
           aggregate("mean", 105) + "," + aggregate("cv", 0.05, "percentage"));
  ASSERT_EQ(file.benchmarks.size(), 1);
  EXPECT_EQ(file.benchmarks[0].name, "BM_queue/64");
  EXPECT_THAT(file.benchmarks[0].real_time_ns, ElementsAre(100, 110));
  EXPECT_THAT(file.benchmarks[0].cpu_time_ns, ElementsAre(90, 95));
  EXPECT_FALSE(file.benchmarks[0].is_aggregate);
  EXPECT_EQ(file.description, "./queue, here, 2026-01-31");
  EXPECT_THAT(file.notes, IsEmpty());
}

TEST_F(GoogleBenchmark, HasAllTimesInNanoseconds) {
  const auto file = read(
      repetition(1, 1, "ns", "a") + "," + repetition(1, 1, "us", "b") + "," +
      repetition(1, 1, "ms", "c") + "," + repetition(1, 2, "s", "d"));
  std::vector<double> times;
  for (const auto& one : file.benchmarks) times.push_back(one.real_time_ns[0]);
  EXPECT_THAT(times, ElementsAre(1, 1e3, 1e6, 1e9));
  EXPECT_THAT(file.benchmarks[3].cpu_time_ns, ElementsAre(2e9));
}

TEST_F(GoogleBenchmark, FallsBackToTheMedianOrTheMean) {
  const auto both = read(aggregate("mean", 3) + "," + aggregate("median", 2) +
                         "," + aggregate("stddev", 1));
  ASSERT_EQ(both.benchmarks.size(), 1);
  EXPECT_THAT(both.benchmarks[0].real_time_ns, ElementsAre(2000));
  EXPECT_TRUE(both.benchmarks[0].is_aggregate);
  EXPECT_THAT(read(aggregate("mean", 3)).benchmarks[0].real_time_ns,
              ElementsAre(3000));
}

TEST_F(GoogleBenchmark, PassesOverComplexities) {
  const std::string big_o = R"({"name": "BM_sort_BigO", "run_name": "BM_sort",
    "run_type": "aggregate", "repetitions": 1, "threads": 1,
    "aggregate_name": "BigO", "aggregate_unit": "time",
    "cpu_coefficient": 1.0, "real_coefficient": 1.0, "big_o": "N",
    "time_unit": "ns"})";
  const auto file = read(repetition(1, 1) + "," + big_o);
  EXPECT_EQ(file.benchmarks.size(), 1);
}

TEST_F(GoogleBenchmark, KeepsWhatFailedAndWhatWasSkipped) {
  const auto file = read(
      R"({"name": "a", "run_name": "a", "run_type": "iteration",
          "error_occurred": true, "error_message": "no\nsocket",
          "iterations": 0, "real_time": 0, "cpu_time": 0, "time_unit": "ns"},
         {"name": "b", "run_name": "b", "run_type": "iteration",
          "skipped": true, "skip_message": "too old a kernel"})");
  ASSERT_EQ(file.benchmarks.size(), 2);
  EXPECT_THAT(file.benchmarks[0].real_time_ns, IsEmpty());
  EXPECT_EQ(file.benchmarks[0].error, "no socket");
  EXPECT_FALSE(file.benchmarks[0].is_skipped);
  EXPECT_EQ(file.benchmarks[1].error, "too old a kernel");
  EXPECT_TRUE(file.benchmarks[1].is_skipped);
}

TEST_F(GoogleBenchmark, KnowsMachinesApart) {
  const auto here = read(repetition(1, 1));
  std::string context = kContext;
  context.replace(context.find("\"num_cpus\": 2"), 13, "\"num_cpus\": 8");
  const auto there = read(repetition(1, 1), context);
  EXPECT_THAT(differences(here.machine, there.machine),
              ElementsAre("CPUs: 2 in the base, 8 in the new one"));
  EXPECT_THAT(differences(here.machine, here.machine), IsEmpty());
  EXPECT_EQ(here.machine.value("caches"), "Data 1: 32768 bytes");
}

TEST_F(GoogleBenchmark, NotesClocksThatScaleAndDebugBuilds) {
  const auto file = read(repetition(1, 1), R"({"cpu_scaling_enabled": true,
    "library_build_type": "debug"})");
  EXPECT_THAT(file.notes, ElementsAre(HasSubstr("clock was scaled"),
                                      HasSubstr("for debugging")));
}

TEST_F(GoogleBenchmark, NamesTheLineOfAMistake) {
  const std::string origin = (folder_.path() / "out.json").string();
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ":1:"},
      {"{\"context\": {},\n\"benchmarks\": [{\"name\": \"a\"", ":2:"},
      {"{\"context\": {},\n\"benchmarks\": [\n{\"real_time\": NaN}]}", ":3:"},
      {R"({"benchmarks": []})", "expected \"context\""},
      {R"({"context": {}})", "expected \"benchmarks\""},
      {R"({"context": {}, "benchmarks": []})", "there is none with a time"},
      {R"({"context": {}, "benchmarks": [{"name": "a", "real_time": 1,
          "cpu_time": 1, "time_unit": "fortnights"}]})",
       "expected ns, us, ms or s"},
      {R"({"context": {}, "benchmarks": [{"name": "a", "real_time": "1",
          "cpu_time": 1, "time_unit": "ns"}]})",
       "expected a number"},
      {R"({"context": {}, "benchmarks": [{"name": "a", "cpu_time": 1,
          "time_unit": "ns"}]})",
       "expected \"real_time\""}};
  for (const auto& [text, message] : cases) {
    EXPECT_THAT(complaint(text), AllOf(HasSubstr(origin), HasSubstr(message)))
        << text;
  }
}

TEST_F(GoogleBenchmark, CannotReadANewerSchema) {
  const std::string context = R"({"json_schema_version": 2})";
  EXPECT_THROW(read(repetition(1, 1), context), NotComparable);
  EXPECT_NO_THROW(read(repetition(1, 1), R"({"json_schema_version": 1})"));
}

}  // namespace
}  // namespace sockmark
