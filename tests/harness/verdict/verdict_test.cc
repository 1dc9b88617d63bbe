// Each check, at either side of each of its limits.
#include "harness/verdict/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/clean_trial.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Status = Verdict::Status;

constexpr std::int64_t kSecond = 1'000'000'000;

const CpuPlan kApart = {.server = {0}, .load = {1}};

TEST(Verdict, OfACleanTrialIsValidForEveryTool) {
  for (const char* const tool : {"loadgen", "wrk", "h2load", "ab"}) {
    const Verdict verdict = judge_trial(clean_trial(tool), kApart);
    EXPECT_EQ(verdict.status, Status::valid) << tool;
    EXPECT_THAT(verdict.reasons, IsEmpty()) << tool;
  }
}

TEST(Verdict, OfWhatIsUnknownIsValid) {
  TrialRecord trial = clean_trial();
  trial.machine = {};
  trial.resources = {};
  trial.server_counts.reset();
  trial.server.reply_bytes.reset();
  EXPECT_EQ(judge_trial(trial, kApart).status, Status::valid);
}

TEST(Verdict, IsTheWorstOfAllWithEachReasonOnce) {
  TrialRecord trial = clean_trial();
  trial.load->verdict = {.status = Status::suspect, .reasons = {"late"}};
  trial.verdict = {.status = Status::suspect, .reasons = {"killed", "late"}};
  trial.resources.leaked.fds = 1;
  trial.machine.foreign_cpu_ns = 2 * kSecond;
  trial.verdict = judge_trial(trial, kApart);
  EXPECT_EQ(trial.verdict.status, Status::invalid);
  EXPECT_THAT(trial.verdict.reasons,
              ElementsAre("late", "killed", HasSubstr("of a core"),
                          HasSubstr("tasks waited"), HasSubstr("left 1")));
  const Verdict again = judge_trial(trial, kApart);
  EXPECT_EQ(again.reasons.size(), 5) << "it is the same from a stored record";
  EXPECT_EQ(verdict_of(trial).reasons.size(), 5);
}

TEST(Verdict, OfAFailedTrialIsItsError) {
  TrialRecord trial = clean_trial();
  trial.status = TrialStatus::crashed;
  trial.error = "killed by SIGSEGV";
  trial.resources.leaked.fds = 1;
  const Verdict verdict = judge_trial(trial, kApart);
  EXPECT_EQ(verdict.status, Status::invalid);
  EXPECT_THAT(verdict.reasons, ElementsAre("killed by SIGSEGV"));
  trial.error = "";
  EXPECT_THAT(judge_trial(trial, kApart).reasons, ElementsAre("crashed"));
}

Status with_foreign(double share) {
  MachineUse machine = clean_trial().machine;
  machine.foreign_cpu_ns = static_cast<std::int64_t>(share * 5e9);
  return judge_machine(machine).status;
}

TEST(Machine, MayWorkForOthersALittle) {
  EXPECT_EQ(with_foreign(0.05), Status::valid);
  EXPECT_EQ(with_foreign(0.051), Status::suspect);
  EXPECT_EQ(with_foreign(0.25), Status::suspect);
  EXPECT_EQ(with_foreign(0.251), Status::invalid);
}

Status with_steal(double share) {
  MachineUse machine = clean_trial().machine;
  machine.steal_ns = static_cast<std::int64_t>(share * 5e9 * 2);
  return judge_machine(machine).status;
}

TEST(Machine, MayLoseALittleToTheHypervisor) {
  EXPECT_EQ(with_steal(0.01), Status::valid);
  EXPECT_EQ(with_steal(0.011), Status::suspect);
  EXPECT_EQ(with_steal(0.05), Status::suspect);
  EXPECT_EQ(with_steal(0.051), Status::invalid);
}

TEST(Machine, IsUnderPressureOnlyBesideForeignCpu) {
  MachineUse machine = clean_trial().machine;
  EXPECT_EQ(judge_machine(machine).status, Status::valid);
  machine.foreign_cpu_ns = kSecond;
  EXPECT_EQ(judge_machine(machine).reasons.size(), 2);
  machine.cpu_pressure = 0.1;
  EXPECT_EQ(judge_machine(machine).reasons.size(), 1);
}

TEST(Cpus, MustNotBeShared) {
  EXPECT_EQ(judge_cpus({.server = {0, 1}, .load = {2, 3}}).status,
            Status::valid);
  EXPECT_EQ(judge_cpus({.server = {0, 1}, .load = {1, 2}}).status,
            Status::suspect);
  EXPECT_EQ(judge_cpus({}).status, Status::suspect);
}

TEST(Leaks, AreNamed) {
  EXPECT_EQ(
      judge_leaks({.fds = -1, .threads = 0, .processes = {}, .zombies = {}})
          .status,
      Status::valid);
  const Verdict verdict =
      judge_leaks({.fds = 3, .threads = {}, .processes = {}, .zombies = 1});
  EXPECT_EQ(verdict.status, Status::suspect);
  EXPECT_THAT(verdict.reasons,
              ElementsAre("left 3 descriptors open after all clients had gone",
                          "left 1 zombie after all clients had gone"));
}

}  // namespace
}  // namespace sockmark
