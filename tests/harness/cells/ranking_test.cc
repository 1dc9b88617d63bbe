#include "harness/cells/ranking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Rank = std::optional<std::size_t>;

// A server's throughput, a round each.
using Rates = std::vector<double>;

std::vector<TrialRecord> rounds_of(const std::string& server,
                                   const Rates& rates) {
  std::vector<TrialRecord> trials;
  for (const double rate : rates) {
    TrialRecord trial = synthetic_trial(server, {.requests_per_second = rate});
    trial.round = static_cast<int>(trials.size());
    trials.push_back(trial);
  }
  return trials;
}

WorkloadCells group_of(const std::vector<std::vector<TrialRecord>>& servers) {
  std::vector<TrialRecord> all;
  for (const auto& trials : servers) {
    all.insert(all.end(), trials.begin(), trials.end());
  }
  return group_cells(all).at(0);
}

TEST(Ranking, puts_in_one_group_what_the_data_cannot_tell_apart) {
  const WorkloadCells group =
      group_of({rounds_of("a", {100, 101, 102, 103, 104, 105}),
                rounds_of("b", {99, 102, 101, 104, 103, 104}),
                rounds_of("c", {50, 51, 52, 53, 54, 55}),
                rounds_of("d", {20, 21, 22, 23, 24, 25})});
  const Ranking ranking = rank_cells(group);
  EXPECT_THAT(ranking.ranks, ElementsAre(Rank(1), Rank(1), Rank(3), Rank(4)));
  EXPECT_EQ(ranking.sets.at("loadgen"), 3u);
  const std::string note = note_on_ranks(ranking);
  EXPECT_THAT(note, HasSubstr("3 groups"));
  EXPECT_THAT(note, HasSubstr("96.9 %"));
}

// Each is 1 % slower than the one before it in every round; the last is apart
// from the first of its group, though drift is ten times as large.
TEST(Ranking, compares_within_a_round_so_that_drift_cancels_out) {
  const WorkloadCells group =
      group_of({rounds_of("a", {100, 110, 120, 130, 140, 150}),
                rounds_of("b", {99, 108.9, 118.8, 128.7, 138.6, 148.5})});
  EXPECT_THAT(rank_cells(group).ranks, ElementsAre(Rank(1), Rank(2)));
}

TEST(Ranking, of_one_round_tells_nothing_apart) {
  const WorkloadCells group =
      group_of({rounds_of("a", {100}), rounds_of("b", {1})});
  const Ranking ranking = rank_cells(group);
  EXPECT_THAT(ranking.ranks, ElementsAre(Rank(1), Rank(1)));
  EXPECT_EQ(note_on_ranks(ranking), "Rank: cannot tell apart (1 round).");
}

TEST(Ranking, of_few_rounds_says_how_sure_it_is) {
  const WorkloadCells group =
      group_of({rounds_of("a", {100, 101, 99}), rounds_of("b", {1, 2, 1})});
  const Ranking ranking = rank_cells(group);
  EXPECT_THAT(ranking.ranks, ElementsAre(Rank(1), Rank(2)));
  EXPECT_THAT(note_on_ranks(ranking), HasSubstr("75.0 %: 95 % takes 6 rounds"));
}

TEST(Ranking, leaves_out_failed_invalid_and_flawed_servers) {
  auto flawed = rounds_of("flawed", {200, 200, 200});
  for (TrialRecord& trial : flawed) trial.server.family = "flawed";
  auto invalid = rounds_of("invalid", {300, 300, 300});
  for (TrialRecord& trial : invalid) {
    trial.verdict.status = Verdict::Status::invalid;
  }
  const WorkloadCells group =
      group_of({flawed,
                invalid,
                rounds_of("a", {100, 100, 100}),
                {failed_trial("z", TrialStatus::crashed, "")}});
  EXPECT_EQ(group.cells.at(0).server, "flawed");
  EXPECT_THAT(rank_cells(group).ranks,
              ElementsAre(Rank(), Rank(1), Rank(), Rank()));
}

TEST(Ranking, is_of_each_tool_by_itself) {
  auto other = rounds_of("a", {50, 50, 50});
  for (TrialRecord& trial : other) trial.workload.tool = "wrk";
  const Ranking ranking =
      rank_cells(group_of({rounds_of("a", {100, 100, 100}), other}));
  EXPECT_THAT(ranking.ranks, ElementsAre(Rank(1), Rank(1)));
  EXPECT_EQ(ranking.sets.size(), 2u);
}

TEST(Ranking, is_by_latency_where_the_rate_is_the_same) {
  auto slow = rounds_of("slow", {100, 100, 100});
  auto fast = rounds_of("fast", {100, 100, 100});
  for (auto* trials : {&slow, &fast}) {
    for (TrialRecord& trial : *trials) {
      trial.workload.rate_per_second = 100;
      trial.load->latency.p99 = trials == &slow ? 3e6 : 1e6;
    }
  }
  const WorkloadCells group = group_of({slow, fast});
  EXPECT_EQ(group.cells.at(0).server, "fast");
  EXPECT_THAT(rank_cells(group).ranks, ElementsAre(Rank(1), Rank(2)));
}

TEST(Ranking, has_no_intervals_where_no_round_is_shared) {
  auto later = rounds_of("b", {1, 1, 1});
  for (TrialRecord& trial : later) trial.round += 3;
  const Ranking ranking =
      rank_cells(group_of({rounds_of("a", {100, 100, 100}), later}));
  EXPECT_THAT(ranking.ranks, ElementsAre(Rank(1), Rank(1)));
}

}  // namespace
}  // namespace sockmark
