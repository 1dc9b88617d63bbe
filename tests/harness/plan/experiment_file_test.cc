#include "harness/plan/experiment_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr std::int64_t kMillisecond = 1'000'000;

Experiment parsed(const std::string& text) {
  return parse_experiment(LocatedJson::parse(text, "my.json"));
}

void expect_refused(const std::string& text, const std::string& said) {
  EXPECT_THAT([&] { parsed(text); },
              ThrowsMessage<std::runtime_error>(HasSubstr(said)))
      << text;
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

TEST(ExperimentFile, HasMarginsOfItsOwn) {
  const Experiment experiment = parsed(R"({"name": "x", "margins": {
    "requests_per_second": "2.5%", "p99_ns": "20%",
    "pss_loaded_bytes": {"absolute": 4096},
    "p50_ns": {"relative": "7%", "absolute": 1000}},
    "workloads": [{"name": "a"}]})");
  const std::map<std::string, Margin> expected = {
      {"requests_per_second", {.relative = 0.025}},
      {"p99_ns", {.relative = 0.2, .absolute = 50'000}},
      {"pss_loaded_bytes", {.relative = 0.05, .absolute = 4096}},
      {"p50_ns", {.relative = 0.07, .absolute = 1000}}};
  EXPECT_EQ(experiment.margins, expected);
  EXPECT_EQ(parsed(to_text(experiment)).margins, expected);
}

TEST(ExperimentFile, NamesThePlaceOfAMistakeInAMargin) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {R"({"p50": "5%"})",
       "my.json:2:2: \"p50\": unknown; known here are cpu_ns_per_request"},
      {R"({"p90_ns": "5%"})", "\"p90_ns\": unknown (did you mean 'p50_ns'?)"},
      {R"({"p50_ns": "5"})",
       "\"p50_ns\": expected a percentage above 0 and below 100, as in "
       "\"2%\", got \"5\""},
      {R"({"p50_ns": 5})", "\"p50_ns\": expected an object, got 5"},
      {R"({"p50_ns": {"abs": 5}})",
       "my.json:2:13: \"abs\": unknown; known here are relative, absolute"},
      {R"({"p50_ns": {"absolute": -1}})",
       "\"absolute\": expected a number from 0 to"},
      {R"({"p99_ns": "0.1%"})",
       "\"p99_ns\": expected at least 0.2%, which is twice what latencies are "
       "rounded to, got \"0.1%\""},
      {R"({"errors_per_request": "1%"})",
       "\"errors_per_request\": it has no margin: any is too much where the "
       "base has none"}};
  for (const auto& [text, said] : mistakes) {
    expect_refused("{\"name\": \"x\", \"margins\":\n" + text +
                       ", \"workloads\": [{\"name\": \"a\"}]}",
                   said);
  }
}

TEST(ExperimentFile, NamesThePlaceAndWhatWasExpected) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {R"({"name": "x", "workloads": []})",
       "my.json:1:15: \"workloads\": expected at least one workload, got []"},
      {R"({"name": "x", "workloads": {}})", "expected an array, got {}"},
      {R"({"name": "x"})", "my.json:1:1: expected \"workloads\""},
      {R"({"name": "a/b", "workloads": [{"name": "a"}]})",
       "my.json:1:2: \"name\": expected a name without a slash, got \"a/b\""},
      {"{\"name\": \"x\",\n\"workloads\": [\n{\"name\": \"a\",\n\"bdy\": 1}]}",
       "my.json:4:1: \"bdy\": unknown (did you mean 'body'?); known here are "
       "name, keep_alive, connections"},
      {"{\"name\": \"x\",\n\"rouds\": 3, \"workloads\": [{\"name\": \"a\"}]}",
       "my.json:2:1: \"rouds\": unknown (did you mean 'rounds'?)"},
      {"{\"name\": \"x\",\n\"seed\": 1, \"seed\": 2}",
       "my.json:2:12: \"seed\": a second one in the same object"},
      {R"({"name": "x", "rounds": 1001, "workloads": [{"name": "a"}]})",
       "\"rounds\": expected a whole number from 1 to 1000, got 1001"},
      {R"({"name": "x", "servers": "", "workloads": [{"name": "a"}]})",
       "my.json:1:15: \"servers\": expected a name, got \"\""},
      {R"({"name": "x", "servers": [], "workloads": [{"name": "a"}]})",
       "\"servers\": expected at least one in this array, got []"},
      {R"({"name": "x", "warmup": "5", "workloads": [{"name": "a"}]})",
       "\"warmup\": expected a duration such as \"10s\" or \"500ms\", got "
       "\"5\""},
      {R"({"name": "x", "duration": "0s", "workloads": [{"name": "a"}]})",
       "\"duration\": expected a duration above 0, got \"0s\""},
      {R"({"name": "x", "precision": "2", "workloads": [{"name": "a"}]})",
       "\"precision\": expected a percentage above 0 and below 100, as in "
       "\"2%\", got \"2\""}};
  for (const auto& [text, said] : mistakes) expect_refused(text, said);
}

TEST(ExperimentFile, NamesThePlaceOfAMistakeInAWorkload) {
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {"3", "my.json:2:1: \"workloads\"[0]: expected an object, got 3"},
      {R"({"keep_alive": true})",
       "my.json:2:1: \"workloads\"[0]: expected \"name\" in this object"},
      {R"({"name": "a"}, {"name": "a"})",
       "my.json:2:17: \"name\": the same workload stands there already"},
      {"{\"name\": \"a\",\n\"rate\": -1}",
       "my.json:3:1: \"rate\": expected a number from 1 to 1000000000, got -1"},
      {R"({"name": "a", "connections": [1, 0]})",
       "my.json:2:34: \"connections\"[1]: expected a whole number from 1 to "
       "1000000, got 0"},
      {R"({"name": "a", "body": 1.5})", "\"body\": expected a whole number"},
      {R"({"name": "a", "idle": []})", "\"idle\": expected at least one"},
      {R"({"name": "a", "work": "nap:1s"})", "as in \"sleep:1ms\", got \"nap"},
      {R"({"name": "a", "work": "spin:fast"})", "\"spin:DURATION\", as in"},
      {"{\"name\": \"a\", \"rate\": 10,\n \"tools\": [\"wrk\"]}",
       "my.json:3:2: \"tools\": expected loadgen alone, as no other tool holds "
       "a rate, got [\"wrk\"]"}};
  for (const auto& [text, said] : mistakes) {
    expect_refused("{\"name\": \"x\", \"workloads\": [\n" + text + "]}", said);
  }
}

TEST(ExperimentFile, IsWrittenAsItIsRead) {
  for (const char* const name : {"quick", "standard", "full"}) {
    Experiment experiment =
        read_experiment(std::string(BUILD_DIR) + "/presets/" + name + ".json");
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

}  // namespace
}  // namespace sockmark
