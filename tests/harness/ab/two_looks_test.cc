#include "harness/ab/two_looks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/harness/ab/arms_planned.h"

namespace sockmark {
namespace {

using testing::ElementsAre;

// Swings that no ten pairs can see through.
void swing(const PlannedTrial& trial, TrialRecord& record) {
  const double swing = is_head(trial) == (trial.round % 4 < 2) ? 0.5 : 1.5;
  record.load->requests_per_second = 10'000 * swing;
}

// Differs a little from round to round, as all does, and alike on both sides.
void waver(const PlannedTrial& trial, TrialRecord& record) {
  const double factor = 1 + 0.001 * (trial.round + (is_head(trial) ? 0.5 : 0));
  record.load->requests_per_second = 10'000 * factor;
  record.load->latency.p50 = 1e6 * factor;
  record.load->latency.p99 = 5e6 * factor;
  record.resources.cpu_ns_per_request = 20e3 * factor;
}

std::map<std::string, int> rounds_of(const std::vector<TrialRecord>& records) {
  std::map<std::string, int> rounds;
  for (const TrialRecord& record : records) {
    int& most = rounds[record.workload.name + "/" + record.server.name];
    most = std::max(most, record.round + 1);
  }
  return rounds;
}

TEST(TwoLooks, EndAfterTheFirstWhereNothingIsOpen) {
  const Matchup matchup = matchup_of({"short", "long"}, {"poll"});
  Plan plan = plan_of(matchup);
  std::vector<TrialRecord> records;
  run_arms(plan, matchup, records, waver);
  EXPECT_EQ(records.size(), 40);
  TwoLooks looks(matchup);
  EXPECT_FALSE(looks.extend(plan, records));
  EXPECT_FALSE(plan.next());
  for (const Judgement& judgement : looks.judgements(records)) {
    EXPECT_NE(judgement.finding, Finding::inconclusive) << judgement.reason;
    EXPECT_NE(judgement.finding, Finding::regressed) << judgement.reason;
  }
}

TEST(TwoLooks, GiveMoreRoundsToOpenCellsAlone) {
  const Matchup matchup = matchup_of({"short", "long"}, {"poll", "fork"});
  Plan plan = plan_of(matchup);
  std::vector<TrialRecord> records;
  const auto happening = [](const PlannedTrial& trial, TrialRecord& record) {
    waver(trial, record);
    const bool is_fork = trial.server >= 2;
    if (is_fork && trial.workload.name == "long") swing(trial, record);
  };
  run_arms(plan, matchup, records, happening);
  TwoLooks looks(matchup);
  ASSERT_TRUE(looks.extend(plan, records));
  run_arms(plan, matchup, records, happening);
  const auto rounds = rounds_of(records);
  EXPECT_EQ(rounds.size(), 8);
  for (const auto& [cell, most] : rounds) {
    const bool is_open = cell.starts_with("long/fork");
    EXPECT_EQ(most, is_open ? 20 : 10) << cell;
  }
  EXPECT_FALSE(looks.extend(plan, records)) << "there are two";

  std::size_t second = 0;
  for (const Judgement& judgement : looks.judgements(records)) {
    const bool is_open = judgement.cell.starts_with("long/fork");
    EXPECT_EQ(judgement.base.size(), is_open ? 20 : 10) << judgement.cell;
    second += is_open ? 1 : 0;
  }
  EXPECT_GT(second, 0);
}

TEST(TwoLooks, SeeWhatIsWorse) {
  const Matchup matchup = matchup_of({"short"}, {"poll"});
  Plan plan = plan_of(matchup);
  std::vector<TrialRecord> records;
  run_arms(plan, matchup, records, [](const auto& trial, auto& record) {
    waver(trial, record);
    if (is_head(trial)) *record.resources.cpu_ns_per_request *= 1.1;
  });
  TwoLooks looks(matchup);
  EXPECT_FALSE(looks.extend(plan, records)) << "that is an answer";
  int regressed = 0;
  for (const Judgement& judgement : looks.judgements(records)) {
    if (judgement.finding != Finding::regressed) continue;
    EXPECT_EQ(judgement.metric.name, "cpu_ns_per_request");
    ++regressed;
  }
  EXPECT_EQ(regressed, 1);
}

TEST(TwoLooks, TakeTheMarginsOfTheExperiment) {
  Matchup matchup = matchup_of({"short"}, {"poll"});
  matchup.experiment.margins["cpu_ns_per_request"] = {.relative = 0.2};
  Plan plan = plan_of(matchup);
  std::vector<TrialRecord> records;
  run_arms(plan, matchup, records, [](const auto& trial, auto& record) {
    waver(trial, record);
    if (is_head(trial)) *record.resources.cpu_ns_per_request *= 1.1;
  });
  for (const Judgement& judgement : TwoLooks(matchup).judgements(records)) {
    EXPECT_NE(judgement.finding, Finding::regressed) << judgement.metric.name;
  }
}

TEST(TwoLooks, LeaveARunAloneThatItsBudgetEnded) {
  Matchup matchup = matchup_of({"short"}, {"poll"});
  matchup.experiment.time_budget_ns = 7 * kSecond;
  Plan plan = plan_of(matchup);
  std::vector<TrialRecord> records;
  run_arms(plan, matchup, records, swing);
  EXPECT_EQ(records.size(), 7);
  EXPECT_FALSE(TwoLooks(matchup).extend(plan, records));
}

TEST(TwoLooks, PairTheLastAttempts) {
  const Matchup matchup = matchup_of({"short"}, {"poll"}, 4);
  Plan plan = plan_of(matchup);
  std::vector<TrialRecord> records;
  run_arms(plan, matchup, records, [](const auto& trial, auto& record) {
    record.load->requests_per_second = trial.attempt == 0 ? 1 : 2;
    if (trial.round == 2 && trial.attempt == 0) {
      record.machine.foreign_cpu_ns = kSecond;
    }
  });
  const auto cells = cells_of(matchup, records);
  ASSERT_EQ(cells.size(), 1);
  EXPECT_EQ(cells[0].server, "poll");
  for (const auto* const side : {&cells[0].base, &cells[0].head}) {
    std::vector<double> values;
    for (const TrialRecord& trial : *side) {
      values.push_back(*trial.load->requests_per_second);
    }
    EXPECT_THAT(values, ElementsAre(1, 1, 2, 1));
  }
}

TEST(TwoLooks, HaveCellsThatOneSideLacks) {
  Matchup matchup = matchup_of({"short"}, {"poll"});
  matchup.missing = {lone_cell("old")};
  matchup.fresh = {lone_cell("new")};
  Plan plan = plan_of(matchup);
  std::vector<TrialRecord> records;
  run_arms(plan, matchup, records, waver);
  const auto cells = cells_of(matchup, records);
  ASSERT_EQ(cells.size(), 3);
  for (const CellPair& cell : cells) {
    EXPECT_EQ(cell.base.empty(), cell.server == "new");
    EXPECT_EQ(cell.head.empty(), cell.server == "old");
  }
  EXPECT_FALSE(TwoLooks(matchup).extend(plan, records));
}

}  // namespace
}  // namespace sockmark
