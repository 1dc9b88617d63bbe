// What is written is as docs/schema has it, and what is not so is refused: in
// the opinion of a validator that is not ours.
#include <gtest/gtest.h>

#include "harness/compare/baseline.h"
#include "harness/compare/baseline_file.h"
#include "harness/gate/comparison_json.h"
#include "harness/machine/environment.h"
#include "harness/plan/experiment.h"
#include "harness/plan/experiment_file.h"
#include "harness/plan/setup.h"
#include "harness/server/model.h"
#include "harness/server/server_choice.h"
#include "harness/trial/run_result.h"
#include "harness/trial/trial.h"
#include "tests/docs/schema_validator.h"
#include "tests/harness/fake_machine.h"
#include "tests/harness/gate/made_comparison.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;

TrialRecord real_trial(const char* name) {
  const auto models =
      select_servers(read_models(std::string(SERVER_DIR) + "/MODELS"), {name});
  Workload workload;
  workload.name = "short";
  workload.keep_alive = false;
  workload.connections = 2;
  workload.duration_ns = 150'000'000;
  const std::atomic<bool> stop = false;
  TrialRecord trial =
      run_trial({.workload = workload}, models.front(), {}, stop);
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
                   .harness_cpu_ns = 2,
                   .foreign_cpu_ns = 3,
                   .steal_ns = 4,
                   .cpu_pressure = 0.5,
                   .listen_overflows = 6,
                   .listen_drops = 7,
                   .retransmitted_segments = 8,
                   .time_wait_sockets = 9,
                   .unavailable = {{"nothing", "is missing"}}};
  trial.server.manifest = "servers.json";
  trial.server.arm = "base";
  trial.server.reply_bytes = 120;
  trial.server_counts = {.connections_accepted = 1, .requests_answered = 2};
  trial.workload.rate_per_second = 100;
  trial.tool_cpu_ns = 1;
  return trial;
}

std::string environment() {
  return describe_environment({.server = {0}, .load = {1}}, "quick");
}

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
  expect_refused(
      mutants_of({"trial", "full", line_of(full(real_trial("epoll_lt")))}));
}

TEST_F(Schemas, KnowWhenATrialHasToHaveALoad) {
  Json line = line_of(failed_trial("fork", TrialStatus::hung, "late"));
  line["status"] = "ok";
  line["error"] = nullptr;
  expect_refused({{"trial", "ok without a load", line}});
}

TEST_F(Schemas, AllowEveryEnvironment) {
  const FakeMachine bare;
  const std::string nothing =
      to_json(read_environment(bare.files(), {}, std::nullopt));
  expect_valid({{"environment", "of this machine", Json::parse(environment())},
                {"environment", "of a bare folder", Json::parse(nothing)}});
}

TEST_F(Schemas, RefuseEveryEnvironmentThatIsWrong) {
  expect_refused(
      mutants_of({"environment", "this machine", Json::parse(environment())}));
}

Json setup() {
  const auto models = std::string(SERVER_DIR) + "/MODELS";
  return Json::parse(
      describe({.experiment = preset("quick"),
                .models = models,
                .servers = select_servers(read_models(models), {"poll"}),
                .cpus = {.server = {0}, .load = {1}}}));
}

Json result() {
  const TrialRecord trial = real_trial("epoll_lt");
  const RunOutcome outcome = {.ended = "complete",
                              .reruns = 1,
                              .disturbed = {{.workload = trial.workload,
                                             .round = 2,
                                             .reason = "a hog"}},
                              .wide = {{.server = "poll",
                                        .workload = trial.workload,
                                        .relative_error = 0.04}}};
  return Json::parse(describe_result("run", outcome, setup().dump(),
                                     environment(), {trial, full(trial)}));
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
  expect_refused(wrong);
}

TEST_F(Schemas, AllowASetupAndRefuseAWrongOne) {
  const Json valid = setup();
  expect_valid({{"setup", "real", valid}});
  Cases wrong;
  for (const auto& [key, value] : valid.items()) {
    Json less = valid;
    less.erase(key);
    wrong.push_back({"setup", "without " + key, less});
  }
  expect_refused(wrong);
}

TEST_F(Schemas, AllowEveryComparisonAndRefuseAWrongOne) {
  const Json full = Json::parse(to_json(made_comparison()));
  const Json empty = Json::parse(to_json(Comparison{}));
  expect_valid({{"comparison", "full", full}, {"comparison", "empty", empty}});
  expect_refused(mutants_of({"comparison", "full", full}));
}

TEST_F(Schemas, KnowEveryMetricThatHasAMargin) {
  Experiment experiment = preset("quick");
  for (const Metric& metric : trial_metrics()) {
    if (metric.rule != Rule::none) experiment.margins[metric.name] = {0.1, 2};
  }
  Json wrong = Json::parse(to_text(experiment));
  expect_valid({{"experiment", "with margins", wrong}});
  wrong["margins"]["p50_ns"] = "5%";
  expect_valid({{"experiment", "with a short margin", wrong}});
  wrong["margins"]["errors_per_request"] = "5%";
  expect_refused({{"experiment", "with a margin of errors", wrong}});
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
  expect_refused({{"setup", "", wrong}, {"result", "", whole}});
}

Json baseline() {
  RecordedRun run;
  run.run = "20260131-120000-standard";
  run.date = "2026-01-31T12:00:00Z";
  run.fingerprint = fingerprint_of(environment(), "environment.json");
  run.commit = "0123456789ab";
  run.is_dirty = false;
  run.trials = {synthetic_trial("epoll_lt", {}), synthetic_trial("poll", {}),
                failed_trial("fork", TrialStatus::crashed, "by SIGSEGV")};
  return Json::parse(to_json(with_run({}, run, "epoll_lt")));
}

TEST_F(Schemas, AllowABaselineAndRefuseAWrongOne) {
  expect_valid({{"baseline", "real", baseline()},
                {"baseline", "empty", Json::parse(to_json(Baseline{}))}});
  expect_refused(mutants_of({"baseline", "real", baseline()}));
}

}  // namespace
}  // namespace sockmark
