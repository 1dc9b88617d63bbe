#include "harness/ab/arm_comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/ab/two_looks.h"
#include "harness/process/exit_statuses.h"
#include "tests/harness/ab/arms_planned.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

Comparison compared(const Matchup& matchup, const Happening& happening,
                    RunOutcome outcome = {.ended = "complete"}) {
  Plan plan = plan_of(matchup);
  std::vector<TrialRecord> records;
  run_arms(plan, matchup, records, happening);
  return comparison_of({.base = {"main", "commit 12ab"},
                        .head = {".", "working tree"},
                        .identical = {"poll"},
                        .notes = {"A note."}},
                       matchup, records, TwoLooks(matchup).judgements(records),
                       outcome);
}

// Alike on both sides, and steady.
void alike(const PlannedTrial& trial, TrialRecord& record) {
  const double factor = 1 + 0.001 * trial.round;
  record.load->requests_per_second = 10'000 * factor;
}

TEST(ArmComparison, SaysWhatWasCompared) {
  const Comparison comparison =
      compared(matchup_of({"short"}, {"poll"}), alike);
  EXPECT_EQ(comparison.base.name, "main");
  EXPECT_EQ(comparison.head.description, "working tree");
  EXPECT_EQ(comparison.pairing, Pairing::paired);
  EXPECT_EQ(comparison.rounds, 10);
  EXPECT_THAT(comparison.identical, ElementsAre("poll"));
  EXPECT_THAT(comparison.notes, ElementsAre("A note."));
  EXPECT_THAT(comparison.failed, IsEmpty());
  EXPECT_FALSE(comparison.judgements.empty());
  EXPECT_EQ(exit_status_of(comparison, true), kExitOk);
}

TEST(ArmComparison, NamesCellsThatOneSideLacks) {
  Matchup matchup = matchup_of({"short"}, {"poll"});
  matchup.missing = {lone_cell("old")};
  matchup.fresh = {lone_cell("new")};
  const Comparison comparison = compared(matchup, alike);
  EXPECT_THAT(comparison.missing, ElementsAre("short/old/64 connections"));
  EXPECT_THAT(comparison.fresh, ElementsAre("short/new/64 connections"));
  EXPECT_EQ(exit_status_of(comparison, false), kExitRegression);
}

Happening crash_of(Arm arm, int rounds) {
  return [arm, rounds](const PlannedTrial& trial, TrialRecord& record) {
    alike(trial, record);
    if (trial.round >= rounds || is_head(trial) != (arm == Arm::head)) return;
    record.status = TrialStatus::crashed;
    record.error = "killed by SIGSEGV";
    record.load.reset();
  };
}

TEST(ArmComparison, NamesAServerThatCrashedOnTheNewSide) {
  for (const int rounds : {1, 10}) {
    const Comparison comparison =
        compared(matchup_of({"short"}, {"poll"}), crash_of(Arm::head, rounds));
    EXPECT_THAT(comparison.failed,
                ElementsAre(AllOf(StartsWith("head: short/poll"),
                                  HasSubstr("crashed in round"),
                                  HasSubstr("SIGSEGV"))));
    EXPECT_EQ(exit_status_of(comparison, false), kExitRegression);
  }
}

TEST(ArmComparison, NamesAServerThatCrashedOnTheBase) {
  const Comparison always =
      compared(matchup_of({"short"}, {"poll"}), crash_of(Arm::base, 10));
  EXPECT_THAT(always.failed,
              ElementsAre(AllOf(StartsWith("base: short/poll"),
                                HasSubstr("crashed in rounds"))));
  EXPECT_EQ(exit_status_of(always, false), kExitServerFailed);
  // That is what the change has mended.
  const Comparison once =
      compared(matchup_of({"short"}, {"poll"}), crash_of(Arm::base, 1));
  EXPECT_THAT(once.failed, IsEmpty());
  EXPECT_THAT(once.notes, Contains(StartsWith("base: short/poll")));
  EXPECT_FALSE(once.judgements.empty());
}

TEST(ArmComparison, NamesAServerThatFailsOnBothSides) {
  const Comparison comparison =
      compared(matchup_of({"short"}, {"poll"}), [](const auto&, auto& record) {
        record.status = TrialStatus::not_ready;
        record.load.reset();
      });
  EXPECT_EQ(comparison.failed.size(), 2);
  EXPECT_THAT(comparison.judgements, IsEmpty());
  EXPECT_EQ(exit_status_of(comparison, false), kExitServerFailed);
}

TEST(ArmComparison, OnlyNotesWhatThisKernelCannotRun) {
  const Comparison comparison = compared(
      matchup_of({"short"}, {"io_uring"}), [](const auto&, auto& record) {
        record.status = TrialStatus::unavailable;
        record.load.reset();
      });
  EXPECT_THAT(comparison.failed, IsEmpty());
  EXPECT_THAT(comparison.notes, Contains(HasSubstr("cannot run")));
  EXPECT_EQ(exit_status_of(comparison, false), kExitNothingComparable);
}

// Other programs in these rounds, and a difference that is large enough.
Happening hog_from(int round, double factor) {
  return [round, factor](const PlannedTrial& trial, TrialRecord& record) {
    alike(trial, record);
    record.resources.cpu_ns_per_request = 20e3 + trial.round;
    if (is_head(trial)) *record.resources.cpu_ns_per_request *= factor;
    if (trial.round >= round) record.machine.foreign_cpu_ns = kSecond / 2;
  };
}

TEST(ArmComparison, LeavesWhatANoisyMachineSaysOpen) {
  const Matchup matchup = matchup_of({"short"}, {"poll"});
  const Comparison half = compared(matchup, hog_from(5, 1.2));
  EXPECT_TRUE(half.too_noisy);
  EXPECT_THAT(half.notes, Contains(StartsWith("5 of 10 pairs were disturbed")));
  EXPECT_EQ(exit_status_of(half, false), kExitTooNoisy);

  const Comparison little = compared(matchup, hog_from(8, 1.2));
  EXPECT_FALSE(little.too_noisy);
  EXPECT_EQ(exit_status_of(little, false), kExitRegression);
}

TEST(ArmComparison, IsNotTooNoisyWhereAllWasShownToBeHarmless) {
  const Comparison comparison =
      compared(matchup_of({"short"}, {"poll"}), hog_from(5, 1));
  EXPECT_FALSE(comparison.too_noisy);
  EXPECT_EQ(exit_status_of(comparison, true), kExitOk);
}

// The trials of the base, or of both sides, count for nothing.
Happening drowned(bool both) {
  return [both](const PlannedTrial& trial, TrialRecord& record) {
    alike(trial, record);
    record.machine.foreign_cpu_ns = kSecond;
    if (is_head(trial) && !both) return;
    record.verdict = {.status = Verdict::Status::invalid,
                      .reasons = {"others kept the generator from its core"}};
  };
}

TEST(ArmComparison, BlamesNoServerForANoisyMachine) {
  for (const bool both : {true, false}) {
    const Comparison comparison =
        compared(matchup_of({"short"}, {"poll"}), drowned(both));
    EXPECT_THAT(comparison.failed, IsEmpty());
    EXPECT_THAT(comparison.notes,
                Contains(HasSubstr("want of a quiet machine: short/poll")));
    EXPECT_EQ(exit_status_of(comparison, false), kExitTooNoisy);
  }
}

TEST(ArmComparison, BlamesAServerThatFailsOnANoisyMachine) {
  const Comparison comparison = compared(
      matchup_of({"short"}, {"poll"}), [](const auto& trial, auto& record) {
        drowned(false)(trial, record);
        if (is_head(trial)) record.status = TrialStatus::crashed;
      });
  EXPECT_THAT(comparison.failed, ElementsAre(StartsWith("head: short/poll")));
  EXPECT_EQ(exit_status_of(comparison, false), kExitRegression);
}

TEST(ArmComparison, BlamesAServerWhoseTrialsAreInvalidOnAQuietMachine) {
  const Comparison comparison = compared(matchup_of({"short"}, {"poll"}),
                                         [](const auto& trial, auto& record) {
                                           drowned(false)(trial, record);
                                           record.machine.foreign_cpu_ns = 0;
                                         });
  EXPECT_THAT(comparison.failed, ElementsAre(StartsWith("base: short/poll")));
  EXPECT_EQ(exit_status_of(comparison, false), kExitServerFailed);
}

TEST(ArmComparison, CountsDisturbedPairsWhereNoiseIsToBeIgnored) {
  const Comparison comparison =
      compared(matchup_of({"short"}, {"poll"}), hog_from(0, 1.2),
               {.ended = "complete", .ignores_noise = true});
  EXPECT_FALSE(comparison.too_noisy);
  EXPECT_EQ(exit_status_of(comparison, false), kExitRegression);
}

TEST(ArmComparison, SaysThatABudgetEndedIt) {
  const Comparison comparison = compared(matchup_of({"short"}, {"poll"}), alike,
                                         {.ended = "time_budget"});
  EXPECT_THAT(comparison.notes, Contains(HasSubstr("time budget")));
}

TEST(ArmComparison, OfNothingIsNotComparable) {
  const Comparison comparison = comparison_of({}, {}, {}, {}, {});
  EXPECT_EQ(exit_status_of(comparison, false), kExitNothingComparable);
}

}  // namespace
}  // namespace sockmark
