// What github-action-benchmark, Bencher and Prometheus get, by their rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "harness/exports/exports.h"
#include "tests/harness/exports/consumer.h"
#include "tests/harness/exports/odd_run.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kPoll = "poll/long/connections:64";

std::vector<TrialRecord> two_rounds() {
  std::vector<TrialRecord> trials = sample_run();
  trials.resize(36);
  return trials;
}

std::string golden(const char* name) {
  return std::string(SOURCE_DIR "/tests/golden/") + name;
}

TEST(GithubActionBenchmark, HasAFileForEachDirection) {
  const ExportedRun run = exported_run(odd_trials());
  CONSUME(bigger, "action_custom",
          export_github_action_benchmark_bigger(run).text);
  CONSUME(smaller, "action_custom",
          export_github_action_benchmark_smaller(run).text);
  const Json& throughput = bigger.read.at(std::string(kPoll) + " throughput");
  EXPECT_DOUBLE_EQ(throughput.at("value"), 10'250);
  EXPECT_EQ(throughput.at("unit"), "req/s");
  EXPECT_DOUBLE_EQ(throughput.at("range"), 250);
  EXPECT_THAT(throughput.at("extra"),
              "median of 6 rounds, its interval covers 96.9 %");
  for (const auto& [name, one] : bigger.read.items()) {
    EXPECT_EQ(one.at("unit"), "req/s") << name;
  }
  EXPECT_EQ(
      smaller.read.at(std::string(kPoll) + " CPU per request").at("value"),
      20'000);
  for (const auto& [name, one] : smaller.read.items()) {
    EXPECT_NE(one.at("unit"), "req/s") << name;
  }
}

TEST(GithubActionBenchmark, IsAsAgreedOnAPlainRun) {
  const ExportedRun run = exported_run(two_rounds());
  expect_same_as_file(export_github_action_benchmark_bigger(run).text,
                      golden("github_action_benchmark_bigger.json"));
  expect_same_as_file(export_github_action_benchmark_smaller(run).text,
                      golden("github_action_benchmark_smaller.json"));
}

TEST(GithubActionBenchmark, AddsUpErrorsWhichAMedianWouldHide) {
  auto trials = odd_trials();
  trials.front().load->errors = 3;
  CONSUME(smaller, "action_custom",
          export_github_action_benchmark_smaller(exported_run(trials)).text);
  const Json& errors = smaller.read.at(std::string(kPoll) + " errors");
  EXPECT_EQ(errors.at("value"), 3);
  EXPECT_EQ(errors.at("extra"), "sum of 6 rounds");
  EXPECT_FALSE(errors.contains("range"));
}

TEST(GithubActionBenchmark, NamesTheCellsThatItCannotHold) {
  const auto exported =
      export_github_action_benchmark_bigger(exported_run(odd_trials()));
  EXPECT_THAT(exported.left_out, Contains(StartsWith("dead/")));
  EXPECT_THAT(exported.left_out, Not(Contains(StartsWith("weak/"))));
  EXPECT_FALSE(exported.is_empty);
  EXPECT_TRUE(
      export_github_action_benchmark_smaller(
          exported_run({failed_trial("a", TrialStatus::hung, "never ended")}))
          .is_empty);
}

TEST(Bencher, HasAMeasureForEachFigure) {
  CONSUME(all, "bencher", export_bencher(exported_run(odd_trials())).text);
  const Json& poll = all.read.at(kPoll);
  EXPECT_EQ(poll.at("throughput"), (Json{{"value", 10'250.0},
                                         {"lower_value", 10'000.0},
                                         {"upper_value", 10'500.0}}));
  EXPECT_EQ(poll.at("latency").at("value"), 1e6);
  EXPECT_EQ(poll.at("latency-p99").at("value"), 5e6);
  EXPECT_EQ(poll.at("cpu-per-request").at("value"), 20e3);
  EXPECT_EQ(poll.at("memory-peak").at("value"), 3e6);
  EXPECT_EQ(poll.at("errors"), (Json{{"value", 0.0}}));
  EXPECT_FALSE(poll.contains("memory-loaded")) << "nobody knows it";
  EXPECT_FALSE(all.read.contains("dead/long/connections:64"));
}

TEST(Bencher, HasBoundsOnlyOfWhatCoversThem) {
  CONSUME(all, "bencher", export_bencher(exported_run(odd_trials())).text);
  // Five rounds cover 93.75 %.
  EXPECT_FALSE(all.read.at("weak/long/connections:64")
                   .at("throughput")
                   .contains("lower_value"));
}

TEST(Bencher, IsAsAgreedOnAPlainRun) {
  expect_same_as_file(export_bencher(exported_run(sample_run())).text,
                      golden("bencher.json"));
}

TEST(OpenMetrics, IsReadByAStrictParser) {
  CONSUME(all, "openmetrics",
          export_openmetrics(exported_run(odd_trials())).text);
  const auto sample = [&](const std::string& family, const Json& labels) {
    for (const Json& one : all.read) {
      if (one.at("family") == family && one.at("labels") == labels) return one;
    }
    return Json{{"value", "none"}};
  };
  const Json poll = {{"server", "poll"},
                     {"workload", "long"},
                     {"tool", "loadgen"},
                     {"connections", "64"}};
  const Json throughput = sample("sockmark_requests_per_second", poll);
  EXPECT_EQ(throughput.at("value"), 10'250);
  EXPECT_EQ(throughput.at("unit"), "requests_per_second");
  EXPECT_EQ(throughput.at("type"), "gauge");
  EXPECT_DOUBLE_EQ(
      sample("sockmark_latency_p99_seconds", poll).at("value").get<double>(),
      0.005);
  Json rate = poll;
  rate["workload"] = "rate";
  rate["rate"] = "2000";
  EXPECT_EQ(sample("sockmark_usable_trials", rate).at("value"), 6);
  Json dead = poll;
  dead["server"] = "dead";
  EXPECT_EQ(sample("sockmark_usable_trials", dead).at("value"), 0);
  Json odd = poll;
  odd["server"] = "o'dd<&\"\\,|`>  é";
  EXPECT_EQ(sample("sockmark_requests_per_second", odd).at("value"), 10'250);
}

TEST(OpenMetrics, IsReadAsATextFileOfNodeExporter) {
  CONSUME(names, "text_collector",
          export_openmetrics(exported_run(odd_trials())).text);
  EXPECT_THAT(names.read.get<std::vector<std::string>>(),
              Contains("sockmark_requests_per_second"));
}

TEST(OpenMetrics, IsAsAgreedOnAPlainRun) {
  expect_same_as_file(export_openmetrics(exported_run(two_rounds())).text,
                      golden("openmetrics.txt"));
}

TEST(OpenMetrics, TellsOfServersThatFailed) {
  const auto exported = export_openmetrics(
      exported_run({failed_trial("a", TrialStatus::hung, "never ended")}));
  EXPECT_FALSE(exported.is_empty);
  EXPECT_THAT(exported.text,
              AllOf(HasSubstr("sockmark_usable_trials{server=\"a\""),
                    testing::EndsWith("} 0\n# EOF\n"),
                    Not(HasSubstr("requests_per_second"))));
}

}  // namespace
}  // namespace sockmark
