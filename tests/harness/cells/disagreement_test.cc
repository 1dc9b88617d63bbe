#include "harness/cells/disagreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/tables/table.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TrialRecord trial(const std::string& tool, int round, double rate,
                  const std::string& server = "poll") {
  Figures figures;
  figures.requests_per_second = rate;
  figures.p50_ns = 1e9 / rate;
  figures.p99_ns = 3e9 / rate;
  TrialRecord trial = synthetic_trial(server, figures);
  trial.workload.tool = tool;
  trial.round = round;
  return trial;
}

// wrk is a tenth slower in every round, and rounds differ by far more.
std::vector<TrialRecord> six_rounds() {
  std::vector<TrialRecord> trials;
  for (int round = 0; round < 6; ++round) {
    trials.push_back(trial("loadgen", round, 10'000 + 5000 * round));
    trials.push_back(trial("wrk", round, 0.9 * (10'000 + 5000 * round)));
  }
  return trials;
}

TEST(Disagreement, IsPairedByRound) {
  const auto all = disagreements(group_cells(six_rounds()).front());
  ASSERT_EQ(all.size(), 1);
  EXPECT_EQ(all[0].tool, "wrk");
  EXPECT_EQ(all[0].server, "poll");
  EXPECT_NEAR(all[0].requests_per_second->median, 0.9, 1e-9);
  EXPECT_NEAR(all[0].requests_per_second->low, 0.9, 1e-9);
  EXPECT_NEAR(all[0].requests_per_second->high, 0.9, 1e-9);
  EXPECT_NEAR(all[0].p99->median, 1 / 0.9, 1e-4);
}

TEST(Disagreement, LeavesInvalidTrialsOut) {
  auto trials = six_rounds();
  trials[1].load->requests_per_second = 1;
  trials[1].verdict.status = Verdict::Status::invalid;
  const auto all = disagreements(group_cells(trials).front());
  ASSERT_EQ(all.size(), 1);
  EXPECT_EQ(all[0].requests_per_second->n, 5);
  EXPECT_NEAR(all[0].requests_per_second->low, 0.9, 1e-9);
}

TEST(Disagreement, NeedsLoadgenAndAnotherOnOneServer) {
  EXPECT_THAT(disagreements(group_cells({trial("loadgen", 0, 100)}).front()),
              IsEmpty());
  EXPECT_THAT(
      disagreements(
          group_cells({trial("wrk", 0, 100), trial("ab", 0, 100)}).front()),
      IsEmpty());
  EXPECT_THAT(disagreements(group_cells({trial("wrk", 0, 100, "select"),
                                         trial("loadgen", 0, 100)})
                                .front()),
              IsEmpty());
}

TEST(NotesOnTools, SayHowFarTheyDisagreeAndWhy) {
  auto group = group_cells(six_rounds()).front();
  EXPECT_THAT(
      notes_on_tools(group),
      ElementsAre(
          testing::AllOf(HasSubstr("wrk over loadgen, by round: poll req/s "
                                   "0.90 [0.90, 0.90], p50 1.11"),
                         HasSubstr("makes latencies up")),
          HasSubstr("closed loop")));
  group.workload.keep_alive = false;
  EXPECT_THAT(notes_on_tools(group).front(), HasSubstr("time to connect out"));
}

TEST(NotesOnTools, LeaveOutWhatAToolDoesNotKnow) {
  TrialRecord h2load = trial("h2load", 0, 9000);
  h2load.load->latency = {};
  const auto notes = notes_on_tools(
      group_cells({trial("loadgen", 0, 10'000), h2load}).front());
  EXPECT_THAT(notes.front(), HasSubstr("poll req/s 0.90. h2load prints no"));
  EXPECT_THAT(notes.front(), Not(HasSubstr("p50 ")));
}

TEST(NotesOnTools, AreBelowTheTable) {
  const std::string table =
      terminal_table(group_cells(six_rounds()), {.width = 200});
  EXPECT_THAT(table, HasSubstr("wrk over loadgen, by round: poll"));
}

TEST(NotesOnTools, AreCutShortForManyServers) {
  std::vector<TrialRecord> trials;
  for (const char* const server : {"a", "b", "c", "d", "e", "f"}) {
    trials.push_back(trial("loadgen", 0, 100, server));
    trials.push_back(trial("ab", 0, 100, server));
  }
  const auto notes = notes_on_tools(group_cells(trials).front());
  EXPECT_THAT(notes.front(), HasSubstr("; 2 more. ab speaks HTTP/1.0"));
}

}  // namespace
}  // namespace sockmark
