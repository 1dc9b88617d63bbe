// What is written is as docs/schema has it, and what is not so is refused: in
// the opinion of a validator that is not ours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "harness/child.h"
#include "harness/doctor_report.h"
#include "harness/environment.h"
#include "harness/experiment.h"
#include "harness/model.h"
#include "harness/results.h"
#include "harness/tool.h"
#include "harness/trial.h"
#include "tests/docs/schema_cases.h"
#include "tests/harness/fake_machine.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;
using Cases = std::vector<SchemaCase>;

// Debian's own, which has Debian's modules.
constexpr const char* kPython = "/usr/bin/python3";

bool ends_well(const std::vector<std::string>& argv) {
  try {
    Child child({.argv = argv, .cpus = {}});
    const auto ending = child.wait_for(std::chrono::seconds(60));
    return ending && ending->clean();
  } catch (const std::exception&) {
    return false;
  }
}

// A verdict on each: "valid", or what is wrong.
std::vector<std::string> judge(const Cases& cases) {
  const TemporaryFolder folder;
  std::string lines;
  for (const SchemaCase& one : cases) {
    lines +=
        Json{{"schema", one.schema}, {"instance", one.instance}}.dump() + "\n";
  }
  const auto file = folder.write("cases", lines);
  Child child({.argv = {kPython, SOURCE_DIR "/tests/docs/validate.py",
                        SOURCE_DIR "/docs/schema", file.string()},
               .cpus = {}});
  const auto ending = child.wait_for(std::chrono::seconds(100));
  EXPECT_TRUE(ending && ending->clean()) << child.err();
  std::istringstream out(child.out());
  std::vector<std::string> verdicts;
  for (std::string line; std::getline(out, line);) verdicts.push_back(line);
  EXPECT_EQ(verdicts.size(), cases.size());
  verdicts.resize(cases.size());
  return verdicts;
}

void expect_valid(const Cases& cases) {
  const auto verdicts = judge(cases);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(verdicts[i], "valid") << cases[i].schema << ", " << cases[i].what;
  }
}

void expect_each_mutant_refused(const SchemaCase& valid) {
  const Cases mutants = mutants_of(valid);
  const auto verdicts = judge(mutants);
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    EXPECT_NE(verdicts[i], "valid")
        << mutants[i].schema << ", " << mutants[i].what;
  }
}

TrialRecord real_trial(const char* name) {
  const auto models =
      select_models(read_models(std::string(SERVER_DIR) + "/MODELS"), {name});
  Workload workload;
  workload.name = "short";
  workload.keep_alive = false;
  workload.connections = 2;
  workload.duration_ns = 150'000'000;
  const std::atomic<bool> stop = false;
  TrialRecord trial = run_trial({}, models.front(), workload, {}, stop);
  trial.run = "20260131-120000-quick";
  EXPECT_EQ(trial.status, TrialStatus::ok) << trial.error;
  return trial;
}

Json line_of(const TrialRecord& trial) {
  return Json::parse(to_json_line(trial));
}

// With every field that may be absent, and of a status that has no load.
TrialRecord full(TrialRecord trial) {
  Resources& r = trial.resources;
  r = {.cpu_user_ns = 1,
       .cpu_system_ns = 2,
       .cpu_ns_per_request = 3.5,
       .cpu_source = "cgroup",
       .context_switches_voluntary = 4,
       .context_switches_involuntary = 5,
       .system_calls_per_request = 6.5,
       .peak_rss_bytes = 7,
       .pss_idle_bytes = 8,
       .pss_loaded_bytes = 9,
       .pss_bytes_per_connection = -10.5,
       .threads_peak = 11,
       .processes_peak = 12,
       .fds_peak = 13,
       .leaked = {.fds = 0, .threads = 1, .processes = 2, .zombies = 3},
       .unavailable = {}};
  trial.machine = {.window_ns = 1,
                   .cpus = 2,
                   .foreign_cpu_ns = 3,
                   .steal_ns = 4,
                   .cpu_pressure = 0.5,
                   .listen_overflows = 6,
                   .listen_drops = 7,
                   .retransmitted_segments = 8,
                   .time_wait_sockets = 9,
                   .unavailable = {{"nothing", "is missing"}}};
  trial.server.manifest = "servers.json";
  trial.server.reply_bytes = 120;
  trial.server_counts = {.connections_accepted = 1, .requests_answered = 2};
  trial.workload.rate_per_second = 100;
  trial.tool_cpu_ns = 1;
  return trial;
}

std::string environment() {
  return describe_environment({.server = {0}, .load = {1}}, "quick");
}

class Schemas : public testing::Test {
 protected:
  void SetUp() override {
    if (!ends_well({kPython, "-c", "import jsonschema"})) {
      GTEST_SKIP() << "NOT TESTED: " << kPython
                   << " has no jsonschema: apt-get install python3-jsonschema";
    }
  }
};

TEST_F(Schemas, AllowEveryTrial) {
  const TrialRecord real = real_trial("epoll_lt");
  Cases cases = {{"trial", "real", line_of(real)},
                 {"trial", "full", line_of(full(real))}};
  for (int i = 1; i <= static_cast<int>(TrialStatus::unavailable); ++i) {
    const auto status = static_cast<TrialStatus>(i);
    const std::string name(to_string(status));
    cases.push_back(
        {"trial", name, line_of(failed_trial("fork", status, name))});
  }
  expect_valid(cases);
}

TEST_F(Schemas, RefuseEveryTrialThatIsWrong) {
  expect_each_mutant_refused(
      {"trial", "full", line_of(full(real_trial("epoll_lt")))});
}

TEST_F(Schemas, KnowWhenATrialHasToHaveALoad) {
  Json line = line_of(failed_trial("fork", TrialStatus::hung, "late"));
  line["status"] = "ok";
  line["error"] = nullptr;
  EXPECT_NE(judge({{"trial", "", line}}).at(0), "valid");
}

TEST_F(Schemas, AllowEveryEnvironment) {
  const FakeMachine bare;
  const std::string nothing =
      to_json(read_environment(bare.files(), {}, std::nullopt));
  expect_valid({{"environment", "of this machine", Json::parse(environment())},
                {"environment", "of a bare folder", Json::parse(nothing)}});
}

TEST_F(Schemas, RefuseEveryEnvironmentThatIsWrong) {
  expect_each_mutant_refused(
      {"environment", "this machine", Json::parse(environment())});
}

Json result() {
  const TrialRecord trial = real_trial("epoll_lt");
  return Json::parse(describe_result("run", preset("quick"), environment(),
                                     {trial, full(trial)}, false));
}

TEST_F(Schemas, AllowAResultAndRefuseAWrongOne) {
  const Json valid = result();
  expect_valid({{"result", "real", valid}});
  Cases wrong;
  for (const auto& [key, value] : valid.items()) {
    Json less = valid;
    less.erase(key);
    wrong.push_back({"result", "without " + key, less});
  }
  Json inner = valid;
  inner["trials"][1].erase("verdict");
  wrong.push_back({"result", "a trial without a verdict", inner});
  const auto verdicts = judge(wrong);
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    EXPECT_NE(verdicts[i], "valid") << wrong[i].what;
  }
}

Json report_of(const std::vector<std::string>& options) {
  // loadgen itself answers to nobody here: a server of ours does.
  const std::string script =
      std::string("set -e; ") + SERVER_DIR + "/epoll_lt >\"$0\" & server=$!; " +
      "while ! [ -s \"$0\" ]; do sleep 0.02; done; " +
      "read -r word address <\"$0\"; " + BUILD_DIR +
      "/bin/loadgen --json=- -c 2 -d 150ms \"$@\" http://$address/; " +
      "kill $server; wait $server";
  const TemporaryFolder folder;
  std::vector<std::string> argv = {"sh", "-c", script,
                                   (folder.path() / "ready").string()};
  argv.insert(argv.end(), options.begin(), options.end());
  Child child({.argv = argv, .cpus = {}});
  EXPECT_TRUE(child.wait_for(std::chrono::seconds(60))) << child.err();
  return Json::parse(child.out(), nullptr, false);
}

TEST_F(Schemas, AllowEveryReportOfALoad) {
  const auto wrk =
      find_tool("wrk").parse(contents_of(TEST_DATA_DIR "/wrk/keep_alive.txt"));
  expect_valid(
      {{"load", "closed loop", report_of({})},
       {"load", "by the number", report_of({"-n", "5", "--close"})},
       {"load", "open loop",
        report_of({"--rate=200", "--arrival=poisson", "--slo=p50<10s"})},
       {"load", "wrk", Json::parse(wrk.json)}});
}

TEST_F(Schemas, RefuseEveryReportThatIsWrong) {
  const auto wrk =
      find_tool("wrk").parse(contents_of(TEST_DATA_DIR "/wrk/keep_alive.txt"));
  expect_each_mutant_refused({"load", "wrk", Json::parse(wrk.json)});
  expect_each_mutant_refused(
      {"load", "open loop", report_of({"--rate=200", "--slo=p50<10s"})});
}

TEST_F(Schemas, AllowADiagnosisAndRefuseAWrongOne) {
  const Noise noise{.spread = 0.1,
                    .paired_spread = 0.1,
                    .ratio = {.median = 1, .low = 1, .high = 1, .coverage = 1},
                    .smallest_difference = 0.2};
  const Diagnosis diagnosis{
      .findings = {{Finding::Severity::note, "id", "what", "why", ""}},
      .server = "epoll_lt",
      .noise = {{.workload = "long",
                 .pairs = 2,
                 .requests_per_second = noise,
                 .cpu_per_request = noise,
                 .why_not = ""}}};
  const Environment machine = read_environment(SystemFiles(), {}, "quick");
  const SchemaCase valid{"doctor", "full",
                         Json::parse(to_json(diagnosis, machine))};
  expect_valid(
      {valid,
       {"doctor", "nothing", Json::parse(to_json(Diagnosis(), machine))}});
  SchemaCase outer = valid;  // the environment has a test of its own
  auto mutants = mutants_of(outer);
  std::erase_if(mutants, [](const SchemaCase& mutant) {
    return mutant.what.find("/environment/") != std::string::npos;
  });
  const auto verdicts = judge(mutants);
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    EXPECT_NE(verdicts[i], "valid") << mutants[i].what;
  }
}

TEST_F(Schemas, KnowWhatPeopleWrite) {
  const Json server = {{"name", "django"},
                       {"command", {"python3", "app.py", "{port}"}},
                       {"port", nullptr},
                       {"request", {{"path", "/"}}},
                       {"expect", {{"status", 200}, {"body", "hello"}}},
                       {"ready_timeout", "10s"},
                       {"stop", {{"signal", "TERM"}, {"grace", "2s"}}}};
  Json misspelt = server;
  misspelt["comand"] = "x";
  const Json workload = {{"name", "long"},
                         {"connections", {1, 16, 64}},
                         {"rate", 1000},
                         {"work", "sleep:1ms"}};
  const Json experiment = {{"name", "mine"},
                           {"duration", "1.5s"},
                           {"precision", "2%"},
                           {"workloads", {workload}}};
  Json unit = experiment;
  unit["duration"] = 1.5;
  expect_valid({{"manifest", "", {{"servers", {server}}}},
                {"experiment", "", experiment}});
  for (const std::string& verdict :
       judge({{"manifest", "", {{"servers", {misspelt}}}},
              {"manifest", "", {{"servers", Json::array()}}},
              {"experiment", "", unit},
              {"experiment", "", {{"name", "empty"}}}})) {
    EXPECT_NE(verdict, "valid");
  }
}

TEST_F(Schemas, KnowWhatARunWasAskedToDo) {
  const std::string sha256(64, 'a');
  const Json setup = {
      {"schema_version", 1},
      {"sockmark_version", "0.1.0"},
      {"experiment", {{"name", "mine"}, {"workloads", {{{"name", "long"}}}}}},
      {"models", {{"path", "/servers/MODELS"}, {"sha256", sha256}}},
      {"manifest", nullptr},
      {"servers", {{"poll", {{"command", {"poll"}}, {"sha256", nullptr}}}}},
      {"tools", {{"loadgen", {{"sha256", sha256}}}}},
      {"cpu_plan", {{"server", {0}}, {"load", {1}}}}};
  Json whole = result();  // which has the same fields, too
  for (const auto& [key, value] : setup.items()) whole[key] = value;
  expect_valid({{"setup", "", setup}, {"result", "with the setup", whole}});
  Json wrong = setup;
  wrong["experiment"].erase("workloads");
  whole["experiment"].erase("workloads");
  for (const std::string& verdict :
       judge({{"setup", "", wrong}, {"result", "", whole}})) {
    EXPECT_NE(verdict, "valid");
  }
}

}  // namespace
}  // namespace sockmark
