// The same of what load tools and the doctor say, and of what people write.
#include <gtest/gtest.h>

#include "harness/doctor/doctor_report.h"
#include "harness/process/child.h"
#include "harness/tool/tool.h"
#include "tests/docs/schema_validator.h"
#include "tests/harness/golden.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;

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
  expect_refused(mutants_of({"load", "wrk", Json::parse(wrk.json)}));
  expect_refused(mutants_of(
      {"load", "open loop", report_of({"--rate=200", "--slo=p50<10s"})}));
}

TEST_F(Schemas, AllowADiagnosisAndRefuseAWrongOne) {
  const Noise noise{.spread = 0.1,
                    .paired_spread = 0.1,
                    .ratio = {.median = 1, .low = 1, .high = 1, .coverage = 1},
                    .smallest_difference = 0.2};
  const Diagnosis diagnosis{
      .findings = {{DoctorFinding::Severity::note, "id", "what", "why", ""}},
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
  expect_refused(mutants);
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
  expect_refused({{"manifest", "misspelt", {{"servers", {misspelt}}}},
                  {"manifest", "empty", {{"servers", Json::array()}}},
                  {"experiment", "a number for a duration", unit},
                  {"experiment", "nothing to do", {{"name", "empty"}}}});
}

}  // namespace
}  // namespace sockmark
