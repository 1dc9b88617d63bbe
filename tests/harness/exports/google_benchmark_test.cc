// Google Benchmark's JSON, by the rules of all that read it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
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
using testing::HasSubstr;

std::string repetitions(const std::vector<TrialRecord>& trials) {
  return export_google_benchmark_repetitions(exported_run(trials)).text;
}

std::string medians(const std::vector<TrialRecord>& trials) {
  return export_google_benchmark_medians(exported_run(trials)).text;
}

std::vector<TrialRecord> twice_as_slow(std::vector<TrialRecord> trials) {
  for (TrialRecord& trial : trials) {
    if (!trial.load || !trial.load->requests_per_second) continue;
    *trial.load->requests_per_second /= 2;
    if (auto& cpu = trial.resources.cpu_ns_per_request) *cpu *= 2;
  }
  return trials;
}

std::vector<Json> rows_named(const Json& file, const std::string& name) {
  std::vector<Json> rows;
  for (const Json& row : file.at("benchmarks")) {
    if (row.at("name") == name) rows.push_back(row);
  }
  return rows;
}

TEST(GoogleBenchmark, HasTheLayoutOfItsOwnReporter) {
  CONSUME(all, "google_benchmark", repetitions(odd_trials()));
  const auto rows = rows_named(all.read, "poll/long/connections:64");
  ASSERT_EQ(rows.size(), 6);
  EXPECT_EQ(rows[0].at("repetitions"), 6);
  EXPECT_EQ(rows[5].at("repetition_index"), 5);
  EXPECT_DOUBLE_EQ(rows[0].at("real_time"), 100'000);
  EXPECT_DOUBLE_EQ(rows[0].at("cpu_time"), 20'000);
  EXPECT_EQ(rows[0].at("iterations"), 50'000);
  EXPECT_DOUBLE_EQ(rows[0].at("items_per_second"), 10'000);
  EXPECT_DOUBLE_EQ(rows[0].at("p99_ns"), 5e6);
  EXPECT_EQ(rows[0].at("rss_bytes"), 3'000'000);
  EXPECT_EQ(rows[0].at("errors"), 0);
}

TEST(GoogleBenchmark, IsAsAgreedOnAPlainRun) {
  std::vector<TrialRecord> trials = sample_run();
  trials.resize(36);  // two rounds
  expect_same_as_file(repetitions(trials), SOURCE_DIR
                      "/tests/golden/google_benchmark_repetitions.json");
  expect_same_as_file(medians(trials),
                      SOURCE_DIR "/tests/golden/google_benchmark_single.json");
}

TEST(GoogleBenchmark, SaysWhereItWasMeasured) {
  const Json context = Json::parse(medians(odd_trials())).at("context");
  EXPECT_EQ(context.at("date"), "2026-01-31T12:00:00+00:00");
  EXPECT_EQ(context.at("num_cpus"), 2);
  EXPECT_EQ(context.at("mhz_per_cpu"), 2500);
  EXPECT_EQ(context.at("cpu_scaling_enabled"), false);
  EXPECT_EQ(context.at("aslr_enabled"), true);
  EXPECT_EQ(context.at("caches"), Json::parse(R"([{"type": "Data", "level": 1,
      "size": 32768, "num_sharing": 1}])"));
  EXPECT_EQ(context.at("sockmark_run"), "20260131-120000-test");
}

TEST(GoogleBenchmark, LeavesOutOfTheContextWhatIsNotKnown) {
  ExportedRun run = exported_run(sample_run());
  run.machine = {};
  const std::string text = export_google_benchmark_medians(run).text;
  CONSUME(all, "google_benchmark", text);
  const Json& context = all.read.at("context");
  for (const char* const key :
       {"num_cpus", "mhz_per_cpu", "aslr_enabled", "cpu_scaling_enabled",
        "git_commit", "library_build_type"}) {
    EXPECT_FALSE(context.contains(key)) << key;
  }
  EXPECT_EQ(context.at("caches"), Json::array());
  CONSUME(bencher, "bencher_cpp_google", text);
}

TEST(GoogleBenchmark, IsPairedByCompare) {
  CONSUME(pairs, "compare_py", repetitions(odd_trials()),
          repetitions(twice_as_slow(odd_trials())));
  const Json& rounds = pairs.read.at("poll/long/connections:64");
  ASSERT_EQ(rounds.size(), 6);
  for (const Json& times : rounds) {
    EXPECT_DOUBLE_EQ(times[1], 2 * times[0].get<double>());
    EXPECT_DOUBLE_EQ(times[3], 2 * times[2].get<double>());
  }
  EXPECT_EQ(pairs.read.at("weak/long/connections:64").size(), 5);
}

TEST(GoogleBenchmark, IsPairedByDebiansOwnCompareInTheSameWay) {
  const std::string old = repetitions(odd_trials());
  const std::string fresh = repetitions(twice_as_slow(odd_trials()));
  CONSUME(real, "real_compare_py", old, fresh);
  CONSUME(ours, "compare_py", old, fresh);
  EXPECT_EQ(real.read, ours.read);
}

TEST(GoogleBenchmark, WithoutRepetitionsIsASeriesPerCellForTrackers) {
  const std::string text = medians(odd_trials());
  CONSUME(series, "action_googlecpp", text);
  CONSUME(latencies, "bencher_cpp_google", text);
  EXPECT_EQ(series.read.size(), latencies.read.size());
  // 1e9 / 10'200 and 1e9 / 10'300 are in the middle.
  const double wall_ns = (1e9 / 10'200 + 1e9 / 10'300) / 2;
  EXPECT_DOUBLE_EQ(latencies.read.at("poll/long/connections:64"), wall_ns);
  const auto poll =
      std::find_if(series.read.begin(), series.read.end(), [](const Json& one) {
        return one.at("name") == "poll/long/connections:64";
      });
  ASSERT_NE(poll, series.read.end());
  EXPECT_EQ(poll->at("unit"), "ns/iter");
  EXPECT_THAT(poll->at("extra"), HasSubstr("cpu: 20000.0 ns"));
}

TEST(GoogleBenchmark, WithRepetitionsIsNoFileForTheAction) {
  EXPECT_NE(consume("action_googlecpp", {repetitions(odd_trials())}).refusal,
            "");
}

TEST(GoogleBenchmark, NamesTheCellsThatItCannotHold) {
  const ExportedRun run = exported_run(odd_trials());
  const auto of_rounds = export_google_benchmark_repetitions(run).left_out;
  EXPECT_THAT(of_rounds,
              Contains("unknown_cpu/long/connections:64: no trial knows its "
                       "throughput and CPU"));
  EXPECT_THAT(of_rounds, Contains(HasSubstr("dead/long/connections:64: "
                                            "crashed: said")));
  const auto of_medians = export_google_benchmark_medians(run).left_out;
  EXPECT_THAT(of_medians, Contains(HasSubstr("mute/")));
  EXPECT_THAT(of_medians, Not(Contains(HasSubstr("unknown_cpu/"))));
  for (const auto& cells : {of_rounds, of_medians}) {
    for (const char* const server : {"dead/", "absent/", "untrue/"}) {
      EXPECT_THAT(cells, Contains(HasSubstr(server)));
    }
  }
}

TEST(GoogleBenchmark, IsEmptyWhereNothingIsKnown) {
  const auto run =
      exported_run({failed_trial("poll", TrialStatus::crashed, "gone")});
  EXPECT_TRUE(export_google_benchmark_repetitions(run).is_empty);
  EXPECT_TRUE(export_google_benchmark_medians(run).is_empty);
  EXPECT_NE(consume("bencher_cpp_google", {medians(run.trials)}).refusal, "");
}

TEST(GoogleBenchmark, SaysWhatMakesARowDoubtful) {
  const Json file = Json::parse(repetitions(odd_trials()));
  EXPECT_THAT(
      rows_named(file, "doubtful/long/connections:64").front().at("label"),
      "others used 7 % of a core & more");
  EXPECT_FALSE(
      rows_named(file, "poll/long/connections:64").front().contains("label"));
}

}  // namespace
}  // namespace sockmark
