#include "harness/trial/run_result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSetup = R"({"schema_version": 1,
  "sockmark_version": "0.1.0", "experiment": {"name": "quick", "seed": 7},
  "models": null, "manifest": null, "servers": {}, "tools": {},
  "cpu_plan": {"server": [0], "load": [1]}})";

TEST(DescribeResult, HoldsTheWholeRun) {
  std::vector<TrialRecord> trials = {synthetic_trial("poll", {}),
                                     synthetic_trial("epoll_lt", {})};
  trials[1].round = 2;
  const RunOutcome outcome = {
      .ended = "time_budget",
      .interrupted_by = 2,
      .reruns = 1,
      .disturbed = {{.workload = synthetic_trial("", {}).workload,
                     .round = 1,
                     .reason = "noise"}},
      .wide = {{.server = "poll", .workload = {}, .relative_error = {}}}};
  const auto json = nlohmann::json::parse(
      describe_result("a-run", outcome, kSetup, R"({"cpus": 2})", trials));
  EXPECT_EQ(json.at("schema_version"), kSchemaVersion);
  EXPECT_EQ(json.at("run"), "a-run");
  EXPECT_EQ(json.at("preset"), "quick");
  EXPECT_EQ(json.at("rounds"), 3);
  EXPECT_EQ(json.at("interrupted"), true);
  EXPECT_EQ(json.at("ended"), "time_budget");
  EXPECT_EQ(json.at("seed"), 7);
  EXPECT_EQ(json.at("disturbed_blocks").at(0).at("workload"), "long");
  EXPECT_EQ(json.at("disturbed_blocks").at(0).at("reason"), "noise");
  EXPECT_TRUE(json.at("wide_cells").at(0).at("relative_error").is_null());
  EXPECT_TRUE(json.at("measured_share").is_null());
  EXPECT_EQ(json.at("cpu_plan").at("load").at(0), 1);
  EXPECT_EQ(json.at("environment").at("cpus"), 2);
  EXPECT_EQ(json.at("trials").at(1).at("server").at("name"), "epoll_lt");
}

TEST(MeasuredShare, IsWhatOfTheTrialsTimeWasMeasured) {
  TrialRecord measured = synthetic_trial("poll", {});  // for 5 seconds
  measured.elapsed_ns = 6'000'000'000;
  TrialRecord failed = failed_trial("poll", TrialStatus::crashed, "");
  failed.elapsed_ns = 4'000'000'000;
  EXPECT_DOUBLE_EQ(measured_share({measured, failed}).value_or(0), 0.5);
  EXPECT_FALSE(measured_share({}));
}

TEST(NotesOnRun, SayWhatStayedNoisyOrWide) {
  EXPECT_TRUE(notes_on_run({.ended = "complete"}, {}).empty());
  const auto notes = notes_on_run(
      {.ended = "time_budget",
       .reruns = 2,
       .disturbed = {{.workload = synthetic_trial("", {}).workload,
                      .round = 1,
                      .reason = "steal"}},
       .wide = {{.server = "poll", .workload = {}, .relative_error = 0.031}}},
      0.02);
  EXPECT_THAT(notes,
              ElementsAre(HasSubstr("disturbed and run again: 2."),
                          HasSubstr("closed loop, in round 2: steal"),
                          HasSubstr("time budget"), HasSubstr("±3.1 %")));
}

TEST(ExitStatus, TellsWhatAScriptHasToKnow) {
  const TrialRecord good = synthetic_trial("poll", {});
  const TrialRecord crashed =
      failed_trial("poll", TrialStatus::crashed, "it ended");
  const TrialRecord unavailable =
      failed_trial("poll", TrialStatus::unavailable, "no io_uring");
  const RunOutcome fine = {.ended = "complete"};
  const RunOutcome noisy = {
      .ended = "complete",
      .disturbed = {{.workload = synthetic_trial("", {}).workload,
                     .round = 0,
                     .reason = "steal"}}};
  const RunOutcome stopped = {.ended = "interrupted", .interrupted_by = 15};
  EXPECT_EQ(exit_status_of(fine, {good, unavailable}), 0);
  EXPECT_EQ(exit_status_of(fine, {good, crashed}), 5);
  EXPECT_EQ(exit_status_of(noisy, {good}), 6);
  EXPECT_EQ(exit_status_of(noisy, {good, crashed}), 5);
  RunOutcome ignored = noisy;
  ignored.ignores_noise = true;
  EXPECT_EQ(exit_status_of(ignored, {good}), 0);
  EXPECT_EQ(exit_status_of(stopped, {crashed}), 143);
}

}  // namespace
}  // namespace sockmark
