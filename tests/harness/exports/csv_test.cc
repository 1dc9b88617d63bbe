// Tidy CSV, as a reader of CSV takes it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "harness/exports/exports.h"
#include "tests/harness/exports/consumer.h"
#include "tests/harness/exports/odd_run.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;

TEST(TidyCsv, HasARowPerTrialAndFigure) {
  const ExportedRun run = exported_run(odd_trials());
  CONSUME(csv, "tidy_csv", export_csv(run).text);
  std::set<std::string> trials, servers;
  for (const Json& row : csv.read) {
    trials.insert(row.at("trial"));
    servers.insert(row.at("server"));
  }
  EXPECT_EQ(trials.size(), run.trials.size()) << "failed ones included";
  EXPECT_THAT(servers, testing::Contains(kOddServer));
}

TEST(TidyCsv, LeavesOutWhatIsNotKnown) {
  CONSUME(csv, "tidy_csv", export_csv(exported_run(odd_trials())).text);
  std::set<std::string> of_poll, of_dead, of_unknown_cpu;
  for (const Json& row : csv.read) {
    if (row.at("server") == "poll") of_poll.insert(row.at("metric"));
    if (row.at("server") == "dead") of_dead.insert(row.at("metric"));
    if (row.at("server") == "unknown_cpu") {
      of_unknown_cpu.insert(row.at("metric"));
    }
  }
  EXPECT_THAT(of_poll,
              testing::IsSupersetOf({"usable", "requests_per_second",
                                     "latency_p99_ns", "cpu_ns_per_request"}));
  EXPECT_EQ(of_dead, std::set<std::string>{"usable"});
  EXPECT_FALSE(of_unknown_cpu.contains("cpu_ns_per_request"));
  EXPECT_FALSE(of_poll.contains("steal_ns"));
}

TEST(TidyCsv, SaysWhichTrialsCount) {
  CONSUME(csv, "tidy_csv", export_csv(exported_run(odd_trials())).text);
  for (const Json& row : csv.read) {
    if (row.at("metric") != "usable") continue;
    const bool counts =
        row.at("status") == "ok" && row.at("verdict") != "invalid";
    EXPECT_EQ(row.at("value"), counts ? "1" : "0") << row;
    EXPECT_EQ(row.at("unit"), "boolean");
  }
}

TEST(TidyCsv, HasTheUnitOfEveryFigure) {
  TrialRecord full = synthetic_trial("poll", {});
  full.elapsed_ns = 1;
  full.resources.system_calls_per_request = 2.5;
  full.resources.pss_bytes_per_connection = 100;
  full.resources.pss_loaded_bytes = 1;
  full.resources.context_switches_voluntary = 1;
  full.resources.cpu_source = "cgroup";
  full.machine.cpu_pressure = 0.5;
  CONSUME(csv, "tidy_csv", export_csv(exported_run({full})).text);
  std::map<std::string, std::string> units;
  for (const Json& row : csv.read) units[row.at("metric")] = row.at("unit");
  EXPECT_EQ(units["requests_per_second"], "req/s");
  EXPECT_EQ(units["cpu_ns_per_request"], "ns/req");
  EXPECT_EQ(units["latency_p50_ns"], "ns");
  EXPECT_EQ(units["elapsed_ns"], "ns");
  EXPECT_EQ(units["system_calls_per_request"], "calls/req");
  EXPECT_EQ(units["pss_bytes_per_connection"], "bytes/connection");
  EXPECT_EQ(units["pss_loaded_bytes"], "bytes");
  EXPECT_EQ(units["context_switches_voluntary"], "count");
  EXPECT_EQ(units["cpu_pressure"], "share");
  EXPECT_FALSE(units.contains("cpu_source")) << "it is no number";
}

TEST(TidyCsv, IsAsAgreedOnAPlainRun) {
  std::vector<TrialRecord> trials = sample_run();
  trials.resize(12);
  expect_same_as_file(export_csv(exported_run(trials)).text,
                      SOURCE_DIR "/tests/golden/tidy.csv");
}

}  // namespace
}  // namespace sockmark
