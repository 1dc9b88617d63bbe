#include "harness/gate/cell_news.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Trials = std::vector<TrialRecord>;

Trials rounds_of(const std::string& server, int rounds) {
  Trials trials;
  for (int round = 0; round < rounds; ++round) {
    trials.push_back(synthetic_trial(server, {}));
    trials.back().round = round;
  }
  return trials;
}

Trials with_sha256(Trials trials, const std::string& sha256) {
  for (TrialRecord& trial : trials) trial.server.sha256 = sha256;
  return trials;
}

CellNews news(const Trials& base, const Trials& head) {
  return news_of(pair_cells(base, head));
}

TEST(CellNews, TellsWhatCameAndWhatWent) {
  const CellNews found = news(rounds_of("poll", 2), rounds_of("fork", 2));
  EXPECT_THAT(found.missing, ElementsAre("long/poll/64 connections"));
  EXPECT_THAT(found.fresh, ElementsAre("long/fork/64 connections"));
  EXPECT_THAT(found.failed, IsEmpty());
}

TEST(CellNews, TellsEveryRoundInWhichTheNewSideCrashed) {
  Trials head = rounds_of("poll", 4);
  for (const std::size_t round : {std::size_t{1}, std::size_t{3}}) {
    head[round] = failed_trial("poll", TrialStatus::crashed, "by SIGSEGV");
    head[round].round = static_cast<int>(round);
  }
  const CellNews found = news(rounds_of("poll", 4), head);
  EXPECT_THAT(found.failed,
              ElementsAre("head: long/poll/64 connections: crashed in rounds "
                          "2, 4 of 4: by SIGSEGV"));
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(CellNews, TakesACrashOfTheBaseAloneForANote) {
  Trials base = rounds_of("poll", 2);
  base[1] = failed_trial("poll", TrialStatus::crashed, "");
  base[1].round = 1;
  const CellNews found = news(base, rounds_of("poll", 2));
  EXPECT_THAT(found.failed, IsEmpty());
  EXPECT_THAT(found.notes,
              ElementsAre("base: long/poll/64 connections: crashed in round 2 "
                          "of 2."));
  EXPECT_THAT(news(base, base).failed, testing::SizeIs(2))
      << "or the new side alone would be blamed";
}

TEST(CellNews, FailsABaseWithoutFigures) {
  const CellNews found = news(
      {failed_trial("poll", TrialStatus::not_ready, "")}, rounds_of("poll", 1));
  EXPECT_THAT(found.failed,
              ElementsAre("base: long/poll/64 connections: not ready in round "
                          "1 of 1"));
  EXPECT_THAT(found.notes, IsEmpty());
}

TEST(CellNews, BlamesNoServerForALoadThatHungOnce) {
  Trials head = rounds_of("poll", 3);
  head[0] = failed_trial("poll", TrialStatus::hung, "the load did not end");
  const CellNews found = news(rounds_of("poll", 3), head);
  EXPECT_THAT(found.failed, IsEmpty());
  EXPECT_THAT(found.notes,
              ElementsAre("head: long/poll/64 connections: hung in round 1 of "
                          "3: the load did not end."));
}

TEST(CellNews, FailsANewSideWithoutAnyUsableTrial) {
  Trials head = rounds_of("poll", 1);
  head[0].verdict = {.status = Verdict::Status::invalid,
                     .reasons = {"no request was answered as expected"}};
  EXPECT_THAT(news(rounds_of("poll", 1), head).failed,
              ElementsAre("head: long/poll/64 connections: no usable trial: no "
                          "request was answered as expected"));
}

TEST(CellNews, BlamesNobodyForWhatTheKernelCannotRun) {
  const Trials none = {
      failed_trial("io_uring", TrialStatus::unavailable, "no io_uring")};
  EXPECT_THAT(news(none, none).failed, IsEmpty());
  EXPECT_THAT(
      news(none, none).notes,
      ElementsAre("long/io_uring/64 connections cannot run on this kernel."));
  EXPECT_THAT(news(rounds_of("io_uring", 1), none).failed, testing::SizeIs(1));
}

TEST(CellNews, NamesServersThatAreTheSameProgramOnBothSides) {
  const Trials poll = with_sha256(rounds_of("poll", 2), "aa");
  EXPECT_THAT(news(poll, poll).identical, ElementsAre("poll"));
  EXPECT_THAT(news(poll, with_sha256(poll, "bb")).identical, IsEmpty());
  EXPECT_THAT(news(rounds_of("poll", 1), rounds_of("poll", 1)).identical,
              IsEmpty())
      << "nobody knows";
  Trials changed = poll;
  changed[1].server.sha256 = "bb";
  EXPECT_THAT(news(poll, changed).identical, IsEmpty());
  Trials moved = poll;
  for (TrialRecord& trial : moved) trial.server.argv[0] = "elsewhere/poll";
  EXPECT_THAT(news(poll, moved).identical, ElementsAre("poll"));
  moved[0].server.argv.emplace_back("--another-way");
  EXPECT_THAT(news(poll, moved).identical, IsEmpty());
  Trials scripts = poll;  // of which the interpreter was hashed
  for (TrialRecord& trial : scripts) trial.server.manifest = "servers.json";
  EXPECT_THAT(news(scripts, scripts).identical, IsEmpty());
}

}  // namespace
}  // namespace sockmark
