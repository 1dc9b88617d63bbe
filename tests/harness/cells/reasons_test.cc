#include "harness/cells/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cells/notes.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Reasons, of_one_kind_differ_in_numbers_only) {
  EXPECT_EQ(kind_of_reason("late by 312 µs"),
            kind_of_reason("late by 1,204.5 µs"));
  EXPECT_NE(kind_of_reason("late by 312 µs"), kind_of_reason("late by 312 ms"));
}

TEST(Reasons, are_told_once_with_the_range_of_their_numbers) {
  EXPECT_EQ(
      merged_reason({"p99 is 1,204 µs, of 98.1 %.", "p99 is 312 µs, of 98.1 %.",
                     "p99 is 900 µs, of 97 %."}),
      "p99 is 312–1,204 µs, of 97–98.1 %.");
  EXPECT_EQ(merged_reason({}), "");
}

TEST(Reasons, add_up_the_trials_of_each_kind) {
  const auto all = merged({{"invalid", "late by 3 ms", 1},
                           {"crashed", "", 1},
                           {"invalid", "late by 5 ms", 2}});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].reason, "late by 3–5 ms");
  EXPECT_EQ(all[0].trials, 3u);
}

TrialRecord suspect(const std::string& server, const std::string& reason) {
  TrialRecord trial = synthetic_trial(server, {});
  if (reason.empty()) return trial;
  trial.verdict = {Verdict::Status::suspect, {reason}};
  return trial;
}

TEST(NotesOnDoubts, merge_reasons_that_differ_in_their_numbers) {
  const auto notes = notes_on_cells(
      group_cells({suspect("a", "late by 3 µs"), suspect("a", "late by 5 µs"),
                   suspect("b", "late by 9 µs"), suspect("b", "")}));
  EXPECT_THAT(
      notes, ElementsAre("† suspect: late by 3–9 µs (a, b in 1 of 2 trials)."));
}

TEST(NotesOnDoubts, name_those_that_are_not_where_nearly_all_are) {
  std::vector<TrialRecord> trials;
  for (int i = 0; i < 8; ++i) {
    trials.push_back(
        suspect("s" + std::to_string(i), i == 3 || i == 5 ? "" : "late"));
  }
  auto notes = notes_on_cells(group_cells(trials));
  EXPECT_THAT(notes, ElementsAre(HasSubstr("late (all but s3, s5")));
  trials[3] = suspect("s3", "late");
  trials[5] = suspect("s5", "late");
  notes = notes_on_cells(group_cells(trials));
  EXPECT_THAT(notes, ElementsAre("† suspect: late (all)."));
}

TEST(NotesOnLeftOut, merge_reasons_of_all_servers) {
  std::vector<TrialRecord> trials;
  for (const char* const server : {"a", "b"}) {
    trials.push_back(synthetic_trial(server, {}));
    trials.push_back(synthetic_trial(server, {}));
    trials.back().verdict = {Verdict::Status::invalid,
                             {*server == 'a' ? "3 ms late" : "12 ms late"}};
  }
  trials.push_back(failed_trial("none", TrialStatus::crashed, "gone"));
  EXPECT_THAT(notes_on_cells(group_cells(trials)),
              ElementsAre("‡ left out: invalid: 3–12 ms late (a in 1 of 2 "
                          "trials, b in 1 of 2 trials)."));
}

}  // namespace
}  // namespace sockmark
