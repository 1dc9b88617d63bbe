#include "harness/experiment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/dry_run.h"
#include "harness/experiment_file.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr std::int64_t kMillisecond = 1'000'000;

// As an installation has them: the tests are elsewhere in the build tree.
Experiment shipped(const std::string& name) {
  return read_experiment(std::string(BUILD_DIR) + "/presets/" + name + ".json");
}

Experiment parsed(const std::string& text) {
  return parse_experiment({"my.json", text});
}

TEST(ExperimentFile, HasTimesForAllAndForEach) {
  const Experiment experiment = parsed(R"({
    // mine
    "name": "mine", "about": "a try", "rounds": 4, "warmup": "10ms",
    "duration": "50ms", "servers": ["poll"], "precision": "2%",
    "time_budget": "10m", "seed": 9,
    "workloads": [
      {"name": "a"},
      {"name": "b", "keep_alive": false, "rounds": 2, "duration": "70ms",
       "servers": "select", "tools": ["loadgen", "wrk"]}
    ]})");
  EXPECT_EQ(experiment.name, "mine");
  EXPECT_EQ(experiment.about, "a try");
  EXPECT_EQ(experiment.seed, 9);
  EXPECT_EQ(experiment.servers, std::vector<std::string>{"poll"});
  EXPECT_DOUBLE_EQ(experiment.precision.value_or(0), 0.02);
  EXPECT_EQ(experiment.time_budget_ns, 600'000 * kMillisecond);
  EXPECT_EQ(experiment.rounds(), 4);
  ASSERT_EQ(experiment.workloads.size(), 2);
  const WorkloadPlan& a = experiment.workloads[0];
  EXPECT_TRUE(a.workload.keep_alive);
  EXPECT_EQ(a.workload.warmup_ns, 10 * kMillisecond);
  EXPECT_EQ(a.workload.duration_ns, 50 * kMillisecond);
  EXPECT_EQ(a.tools, std::vector<std::string>{"loadgen"});
  const WorkloadPlan& b = experiment.workloads[1];
  EXPECT_EQ(b.rounds, 2);
  EXPECT_EQ(b.workload.duration_ns, 70 * kMillisecond);
  EXPECT_EQ(b.servers, std::vector<std::string>{"select"});
  EXPECT_EQ(b.with("wrk").tool, "wrk");
}

TEST(ExperimentFile, MakesAWorkloadOfEachValueInAList) {
  const Experiment experiment = parsed(R"({"name": "x", "workloads": [
    {"name": "a", "connections": [1, 4], "body": [13, 1024, 65536]},
    {"name": "b", "rate": [1000, 2000]},
    {"name": "c", "work": ["sleep:1ms", "spin:100us"], "idle": [0, 100]}]})");
  ASSERT_EQ(experiment.workloads.size(), 2 * 3 + 2 + 2 * 2);
  EXPECT_EQ(experiment.workloads[5].workload.connections, 4);
  EXPECT_EQ(experiment.workloads[5].workload.body_bytes, 65536);
  EXPECT_EQ(experiment.workloads[7].workload.rate_per_second, 2000);
  EXPECT_EQ(experiment.workloads[11].workload.idle_connections, 100);
  EXPECT_EQ(experiment.workloads[11].workload.work, "spin:100us");
}

TEST(ExperimentFile, NamesTheLineAndWhatWasExpected) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {R"({"name": "x", "workloads": []})", "\"workloads\": expected a list"},
      {R"({"name": "a/b", "workloads": [{"name": "a"}]})", "without a slash"},
      {"{\"name\": \"x\",\n\"workloads\": [\n{\"name\": \"a\",\n\"conn\": 1}]}",
       "my.json:4: unknown key \"conn\""},
      {"{\"name\": \"x\",\n\"rouds\": 3, \"workloads\": [{\"name\": \"a\"}]}",
       "my.json:2: unknown key \"rouds\""},
      {"{\"name\": \"x\", \"workloads\": [\n{\"name\": \"a\",\n\"rate\": -1}]}",
       "my.json:3: \"rate\": expected numbers from 1"},
      {R"({"name": "x", "workloads": [{"name": "a", "body": 1.5}]})",
       "\"body\": expected whole numbers"},
      {R"({"name": "x", "workloads": [{"name": "a", "work": "nap:1s"}]})",
       "sleep:DURATION"},
      {R"({"name": "x", "workloads": [{"name": "a", "work": "spin:fast"}]})",
       "sleep:DURATION"},
      {R"({"name": "x", "warmup": "5", "workloads": [{"name": "a"}]})",
       "bad duration '5'"},
      {R"({"name": "x", "precision": "2", "workloads": [{"name": "a"}]})",
       "bad percentage '2'"},
      {R"({"name": "x", "workloads": [{"keep_alive": true}]})",
       "\"name\": expected a name"},
      {R"({"name": "x", "workloads": [{"name": "a"}, {"name": "a"}]})",
       "stands there already"},
      {R"({"name": "x", "workloads": [{"name": "a", "rate": 10,
          "tools": ["wrk"]}]})",
       "my.json:2: \"tools\": expected loadgen alone"},
      {R"({"name": "x", "workloads": [3]})", "expected an object"}};
  for (const auto& mistake : mistakes) {
    EXPECT_THAT([&] { parsed(mistake.first); },
                ThrowsMessage<std::runtime_error>(
                    AllOf(HasSubstr("my.json:"), HasSubstr(mistake.second))))
        << mistake.first;
  }
}

TEST(ExperimentFile, IsWrittenAsItIsRead) {
  for (const char* const name : {"quick", "standard", "full"}) {
    Experiment experiment = shipped(name);
    experiment.precision = 0.035;
    experiment.time_budget_ns = 90'500 * kMillisecond;
    experiment.seed = 77;
    experiment.servers = {"poll", "fork"};
    experiment.workloads[0].servers = {"poll"};
    experiment.workloads[0].workload.warmup_ns = 1'234'567;
    const std::string text = to_text(experiment);
    const Experiment again = parsed(text);
    EXPECT_EQ(to_text(again), text);
    EXPECT_EQ(again.precision, experiment.precision);
    ASSERT_EQ(again.workloads.size(), experiment.workloads.size());
    for (std::size_t i = 0; i < again.workloads.size(); ++i) {
      EXPECT_EQ(hash_of(again.workloads[i].workload),
                hash_of(experiment.workloads[i].workload));
      EXPECT_EQ(again.workloads[i].rounds, experiment.workloads[i].rounds);
      EXPECT_EQ(again.workloads[i].servers, experiment.workloads[i].servers);
    }
  }
}

TEST(Presets, StandardHasAllWorkloadsAndEnoughRoundsForAnInterval) {
  const Experiment standard = shipped("standard");
  ASSERT_EQ(standard.workloads.size(), 3);
  EXPECT_FALSE(standard.workloads[0].workload.keep_alive);
  EXPECT_TRUE(standard.workloads[1].workload.keep_alive);
  EXPECT_TRUE(standard.workloads[2].workload.rate_per_second);
  EXPECT_GE(standard.rounds(), 6);
}

TEST(Presets, QuickIsOneRoundOfShort) {
  const Experiment quick = shipped("quick");
  ASSERT_EQ(quick.workloads.size(), 1);
  EXPECT_EQ(quick.workloads[0].workload.name, "short");
  EXPECT_EQ(quick.rounds(), 1);
}

TEST(Presets, FullReachesTheEndsOfItsCurves) {
  const Experiment full = shipped("full");
  Workload most;
  most.connections = 0;
  for (const WorkloadPlan& plan : full.workloads) {
    const Workload& w = plan.workload;
    most.connections = std::max(most.connections, w.connections);
    most.body_bytes = std::max(most.body_bytes, w.body_bytes);
    most.idle_connections = std::max(most.idle_connections, w.idle_connections);
    if (w.work != "none") most.work = w.work;
  }
  EXPECT_EQ(most.connections, 1024);
  EXPECT_EQ(most.body_bytes, 1 << 20);
  EXPECT_EQ(most.idle_connections, 10'000);
  EXPECT_NE(most.work, "none");
  EXPECT_EQ(full.rounds(), 3);
}

TEST(WithTools, LeavesOutWhatAToolCannotDo) {
  const auto workloads =
      with_tools(shipped("standard").workloads, {"loadgen", "wrk"});
  ASSERT_EQ(workloads.size(), 3);
  EXPECT_EQ(workloads[0].tools, (std::vector<std::string>{"loadgen", "wrk"}));
  EXPECT_EQ(workloads[2].tools, std::vector<std::string>{"loadgen"});
  EXPECT_EQ(with_tools(shipped("standard").workloads, {"wrk"}).size(), 2);
}

TEST(WithConnections, HasEachCountOnce) {
  const auto once = with_connections(shipped("standard").workloads, {1, 8});
  EXPECT_EQ(once.size(), 6);
  EXPECT_EQ(with_connections(once, {1, 8}).size(), 6);
}

TEST(WithNames, RefusesOneThatIsNotThere) {
  const auto workloads = shipped("standard").workloads;
  EXPECT_EQ(with_names(workloads, {"long"}).size(), 1);
  EXPECT_THROW(with_names(workloads, {"wide"}), std::invalid_argument);
}

TEST(DryRun, TellsTrialsTimeAndOrder) {
  const Experiment standard = shipped("standard");
  const std::vector<std::string> servers = {"poll", "select"};
  const Lineup lineup(3, {0, 1});
  const std::string text = describe_plan(standard, servers, lineup);
  EXPECT_THAT(text, HasSubstr("2 servers, 3 workloads, 6 rounds: 36 trials"));
  EXPECT_THAT(text, HasSubstr("of that time is measured"));
  EXPECT_THAT(text, HasSubstr("  1 round 1 "));
  EXPECT_THAT(text, HasSubstr("servers: poll, select"));
}

}  // namespace
}  // namespace sockmark
