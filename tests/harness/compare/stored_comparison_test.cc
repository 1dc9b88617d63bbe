// Two stored runs.
#include "harness/compare/stored_comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "harness/compare/not_comparable.h"
#include "harness/process/exit_statuses.h"
#include "tests/harness/compare/made_up_run.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

RecordedRun run(const std::string& name, std::vector<TrialRecord> trials,
                const std::string& changes = "{}") {
  RecordedRun made;
  made.name = name;
  made.fingerprint = fingerprint_of(made_up_environment(changes), name);
  made.trials = std::move(trials);
  return made;
}

std::string complaint(const RecordedRun& base, const RecordedRun& head,
                      bool force = false) {
  try {
    compare_runs(base, head, force);
  } catch (const NotComparable& difference) {
    return difference.what();
  }
  return "nothing";
}

Judgement of(const Comparison& comparison, const std::string& cell,
             const std::string& metric) {
  for (const Judgement& one : comparison.judgements) {
    if (one.cell == cell && one.metric.name == metric) return one;
  }
  throw std::runtime_error("no " + metric + " of " + cell);
}

constexpr const char* kPoll = "long/poll/64 connections";

TEST(StoredRuns, FindASlowerServer) {
  const Comparison found = compare_runs(run("a", made_up_pair(10)),
                                        run("b", made_up_pair(10, 1.3)), false);
  EXPECT_EQ(found.pairing, Pairing::unpaired);
  EXPECT_EQ(found.rules.looks, 1);
  EXPECT_EQ(found.rounds, 10);
  const Judgement cpu = of(found, kPoll, "cpu_ns_per_request");
  EXPECT_EQ(cpu.finding, Finding::regressed);
  EXPECT_NEAR(cpu.estimate.value().ratio, 1.3, 0.01);
  EXPECT_EQ(
      of(found, "long/epoll_lt/64 connections", "cpu_ns_per_request").finding,
      Finding::same);
  EXPECT_EQ(exit_status_of(found, false), kExitRegression);
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("sockmark ab")));
}

TEST(StoredRuns, FindNothingInTheSame) {
  const auto same = run("a", made_up_pair(10));
  const Comparison found = compare_runs(same, same, false);
  EXPECT_EQ(exit_status_of(found, true), kExitOk);
}

TEST(StoredRuns, OfOtherMachinesAreRefused) {
  const auto base = run("a", made_up_pair(5));
  const auto other =
      run("b", made_up_pair(5), R"({"cpus": 64, "compiler": "Clang 14.0.6"})");
  EXPECT_THAT(complaint(base, other),
              AllOf(HasSubstr("CPUs: 2 in the base, 64 in the new one"),
                    HasSubstr("GNU 12.2.0"), HasSubstr("--force")));
  const Comparison forced = compare_runs(base, other, true);
  EXPECT_THAT(forced.notes.front(),
              AllOf(testing::StartsWith("FORCED"), HasSubstr("CPUs: 2")));
  EXPECT_FALSE(forced.judgements.empty());
}

TEST(StoredRuns, OfOtherToolsAreRefused) {
  auto trials = made_up_pair(5);
  for (TrialRecord& trial : trials) trial.load->tool_version = "0.2.0";
  EXPECT_THAT(complaint(run("a", made_up_pair(5)), run("b", trials)),
              HasSubstr("loadgen: 0.1.0 in the base, 0.2.0 in the new one"));
}

TEST(StoredRuns, OfOtherWorkloadsAreRefusedByForceToo) {
  auto longer = made_up_pair(5);
  for (TrialRecord& trial : longer) trial.workload.duration_ns *= 2;
  for (const bool force : {false, true}) {
    EXPECT_THAT(complaint(run("a", made_up_pair(5)), run("b", longer), force),
                AllOf(HasSubstr("a and b have nothing in common"),
                      HasSubstr("64 connections, measured for 5.00 s"),
                      HasSubstr("64 connections, measured for 10.0 s")));
  }
}

TEST(StoredRuns, FailForACellThatIsMissing) {
  const Comparison found = compare_runs(
      run("a", made_up_pair(10)), run("b", made_up_trials("poll", 10)), false);
  EXPECT_THAT(found.missing, ElementsAre("long/epoll_lt/64 connections"));
  EXPECT_EQ(exit_status_of(found, false), kExitRegression);
}

TEST(StoredRuns, TellOfACellThatIsNew) {
  const Comparison found = compare_runs(run("a", made_up_trials("poll", 10)),
                                        run("b", made_up_pair(10)), false);
  EXPECT_THAT(found.fresh, ElementsAre("long/epoll_lt/64 connections"));
  EXPECT_EQ(exit_status_of(found, false), kExitOk);
}

std::vector<TrialRecord> crashed(int rounds) {
  std::vector<TrialRecord> trials;
  for (int round = 0; round < rounds; ++round) {
    trials.push_back(failed_trial("poll", TrialStatus::crashed, "by SIGSEGV"));
    trials.back().round = round;
  }
  return trials;
}

TEST(StoredRuns, FailWhereOneSideFailed) {
  const auto good = run("a", made_up_trials("poll", 3));
  const auto bad = run("b", crashed(3));
  const Comparison worse = compare_runs(good, bad, false);
  EXPECT_THAT(worse.failed,
              ElementsAre(HasSubstr("crashed in rounds 1, 2, 3 of 3")));
  EXPECT_THAT(worse.judgements, IsEmpty());
  EXPECT_EQ(exit_status_of(worse, false), kExitRegression);
  EXPECT_EQ(exit_status_of(compare_runs(bad, good, false), false),
            kExitServerFailed);
  EXPECT_EQ(exit_status_of(compare_runs(bad, bad, false), false),
            kExitServerFailed);
}

TEST(StoredRuns, SayNothingOfACellThatAnsweredNothing) {
  auto trials = made_up_trials("poll", 5);
  for (TrialRecord& trial : trials) {
    trial.load = synthetic_load({.requests_per_second = 0});
    trial.verdict = {.status = Verdict::Status::invalid,
                     .reasons = {"no request was answered as expected"}};
  }
  const Comparison found = compare_runs(run("a", made_up_trials("poll", 5)),
                                        run("b", trials), false);
  EXPECT_THAT(found.judgements, IsEmpty());
  EXPECT_THAT(found.failed, ElementsAre(HasSubstr("no usable trial: no "
                                                  "request was answered")));
  EXPECT_EQ(exit_status_of(found, false), kExitRegression);
}

TEST(StoredRuns, NameIdenticalServersAndOtherLoadGenerators) {
  auto base = run("a", made_up_trials("poll", 5));
  for (TrialRecord& trial : base.trials) trial.server.sha256 = "aa";
  auto head = base;
  base.loadgen_sha256 = "cc";
  head.loadgen_sha256 = "dd";
  head.notes = {"It was interrupted."};
  const Comparison found = compare_runs(base, head, false);
  EXPECT_THAT(found.identical, ElementsAre("poll"));
  EXPECT_THAT(found.notes, Contains(HasSubstr("load generators")));
  EXPECT_THAT(found.notes, Contains("It was interrupted."));
}

}  // namespace
}  // namespace sockmark
