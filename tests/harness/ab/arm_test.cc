#include "harness/ab/arm.h"

#include <gtest/gtest.h>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

TrialRecord trial_in(Arm arm, const std::string& server) {
  TrialRecord trial = synthetic_trial(name_in(arm, server), {});
  trial.server.arm = to_string(arm);
  return trial;
}

TEST(Arm, NamesAServerAndTakesTheNameApartAgain) {
  EXPECT_EQ(name_in(Arm::base, "poll"), "poll@base");
  EXPECT_EQ(name_in(Arm::head, "poll"), "poll@head");
  for (const Arm arm : kArms) {
    EXPECT_EQ(server_of(trial_in(arm, "poll").server), "poll");
  }
}

TEST(Arm, LeavesNamesAloneThatNoArmMade) {
  EXPECT_EQ(server_of(synthetic_trial("mail@head", {}).server), "mail@head");
  EXPECT_EQ(server_of(trial_in(Arm::base, "a@head").server), "a@head");
}

TEST(Arm, MarksAServerThatIsPlacedInIt) {
  const ServerSpec spec =
      placed_in(Arm::head, {.name = "poll", .command = {"/bin/poll"}});
  EXPECT_EQ(spec.name, "poll@head");
  EXPECT_EQ(spec.arm, "head");
  EXPECT_EQ(spec.command, std::vector<std::string>{"/bin/poll"});
}

TEST(Arm, HasItsTrialsUnderTheServersOwnNames) {
  const std::vector<TrialRecord> trials = {
      trial_in(Arm::base, "poll"), trial_in(Arm::head, "poll"),
      synthetic_trial("poll@base", {}), trial_in(Arm::base, "fork")};
  const auto base = trials_of(Arm::base, trials);
  ASSERT_EQ(base.size(), 2);
  EXPECT_EQ(base[0].server.name, "poll");
  EXPECT_EQ(base[1].server.name, "fork");
  EXPECT_EQ(trials_of(Arm::head, trials).size(), 1);
}

TEST(Arm, IsReadAgainFromARecord) {
  const TrialRecord trial = trial_in(Arm::head, "poll");
  EXPECT_EQ(parse_trial(to_json_line(trial)).server.arm, "head");
  EXPECT_FALSE(
      parse_trial(to_json_line(synthetic_trial("poll", {}))).server.arm);
}

}  // namespace
}  // namespace sockmark
