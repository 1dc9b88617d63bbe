#include "harness/gate/cell_pairs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::ElementsAre;

TrialRecord trial(const std::string& server, int round = 0) {
  TrialRecord made = synthetic_trial(server, {});
  made.round = round;
  return made;
}

std::vector<std::string> names(const std::vector<CellPair>& cells) {
  std::vector<std::string> result;
  for (const CellPair& cell : cells) result.push_back(cell.name);
  return result;
}

TEST(CellPairs, HaveTheTrialsOfBothSides) {
  const auto cells = pair_cells({trial("poll"), trial("poll", 1)},
                                {trial("poll"), trial("epoll_lt")});
  ASSERT_THAT(names(cells), ElementsAre("long/epoll_lt/64 connections",
                                        "long/poll/64 connections"));
  EXPECT_EQ(cells[0].base.size(), 0);
  EXPECT_EQ(cells[0].head.size(), 1);
  EXPECT_EQ(cells[0].server, "epoll_lt");
  EXPECT_EQ(cells[1].base.size(), 2);
  EXPECT_EQ(cells[1].head.size(), 1);
}

TEST(CellPairs, AreApartWhereAnythingElseWasAsked) {
  TrialRecord longer = trial("poll");
  longer.workload.duration_ns *= 3;
  EXPECT_THAT(names(pair_cells({trial("poll")}, {longer})),
              ElementsAre("long/poll/64 connections, measured for 15.0 s",
                          "long/poll/64 connections, measured for 5.00 s"));
}

TEST(CellPairs, AreNamedByWhatOnlySomeOfThemHave) {
  TrialRecord large = trial("poll");
  large.workload.body_bytes = 1024;
  TrialRecord many = large;
  many.workload.connections = 1024;
  TrialRecord wrk = trial("poll");
  wrk.workload.tool = "wrk";
  EXPECT_THAT(names(pair_cells({large, many}, {trial("poll"), wrk})),
              ElementsAre("long/poll/64 connections, 1024-byte replies, "
                          "loadgen",
                          "long/poll/64 connections, loadgen",
                          "long/poll/64 connections, wrk",
                          "long/poll/1024 connections"));
}

TEST(CellPairs, HaveNamesOfTheirOwnWhereFiguresRoundToTheSame) {
  TrialRecord one = trial("poll");
  one.workload.rate_per_second = 10'000;
  TrialRecord other = one;
  other.workload.rate_per_second = 10'000.01;
  const auto both = names(pair_cells({one}, {other}));
  ASSERT_EQ(both.size(), 2);
  EXPECT_NE(both[0], both[1]);
}

TEST(CellPairs, LeaveOutAttemptsThatDoNotCount) {
  TrialRecord again = trial("poll");
  again.attempt = 1;
  const auto cells = pair_cells({trial("poll"), again}, {});
  ASSERT_EQ(cells.size(), 1);
  ASSERT_EQ(cells[0].base.size(), 1);
  EXPECT_EQ(cells[0].base[0].attempt, 1);
}

}  // namespace
}  // namespace sockmark
