#include "harness/cells/ratio.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

TrialRecord trial(const std::string& server, const std::string& tool, int round,
                  double rate) {
  TrialRecord record = synthetic_trial(
      server, {.requests_per_second = rate, .cpu_ns_per_request = 1e9 / rate});
  record.workload.tool = tool;
  record.round = round;
  return record;
}

TEST(Ratio, PairsTheTrialsOfARoundSoThatDriftCancelsOut) {
  std::vector<TrialRecord> trials;
  for (int round = 0; round < 6; ++round) {
    const double drift = 1000 * (round + 1);
    trials.push_back(trial("poll", "loadgen", round, 2 * drift));
    trials.push_back(trial("epoll_lt", "loadgen", round, drift));
  }
  const auto ratios = ratios_to(trials, Side::server, "epoll_lt");
  ASSERT_EQ(ratios.size(), 1);
  EXPECT_EQ(ratios[0].name, "poll");
  EXPECT_DOUBLE_EQ(ratios[0].requests_per_second->median, 2);
  EXPECT_DOUBLE_EQ(ratios[0].requests_per_second->low, 2);
  EXPECT_DOUBLE_EQ(ratios[0].server_cpu_per_request->median, 0.5);
}

TEST(Ratio, ComparesToolsAgainstTheSameServerOnly) {
  const auto ratios =
      ratios_to({trial("poll", "loadgen", 0, 300), trial("poll", "wrk", 0, 200),
                 trial("select", "loadgen", 0, 999)},
                Side::tool, "wrk");
  ASSERT_EQ(ratios.size(), 1);
  EXPECT_DOUBLE_EQ(ratios[0].requests_per_second->median, 1.5);
}

TEST(Ratio, LeavesOutRoundsWithoutAPartner) {
  TrialRecord failed = failed_trial("poll", TrialStatus::crashed, "gone");
  failed.round = 1;
  const auto ratios = ratios_to(
      {trial("poll", "loadgen", 0, 300), trial("select", "loadgen", 0, 100),
       failed, trial("select", "loadgen", 1, 100)},
      Side::server, "select");
  ASSERT_EQ(ratios.size(), 1);
  EXPECT_EQ(ratios[0].requests_per_second->n, 1);
}

TEST(Ratio, KeepsWorkloadsOfOneNameApart) {
  TrialRecord wide = trial("poll", "loadgen", 0, 900);
  TrialRecord wide_base = trial("select", "loadgen", 0, 100);
  wide.workload.connections = wide_base.workload.connections = 1024;
  const auto ratios =
      ratios_to({trial("poll", "loadgen", 0, 300),
                 trial("select", "loadgen", 0, 100), wide, wide_base},
                Side::server, "select");
  ASSERT_EQ(ratios.size(), 2);
  EXPECT_EQ(ratios[0].workload,
            "long: 1024 connections, kept alive, closed "
            "loop");
  EXPECT_DOUBLE_EQ(ratios[0].requests_per_second->median, 9);
  EXPECT_DOUBLE_EQ(ratios[1].requests_per_second->median, 3);
}

TEST(Ratio, PrintsMedianIntervalAndItsKind) {
  std::vector<TrialRecord> trials;
  for (int round = 0; round < 6; ++round) {
    trials.push_back(trial("poll", "loadgen", round, 150));
    trials.push_back(trial("select", "loadgen", round, 100));
  }
  const std::string text =
      ratio_table(ratios_to(trials, Side::server, "select"));
  EXPECT_THAT(text, HasSubstr("poll / select"));
  EXPECT_THAT(text, HasSubstr("1.500 [1.500, 1.500]"));
  EXPECT_THAT(text, HasSubstr("6 paired ratios, 96.9 % interval"));
}

}  // namespace
}  // namespace sockmark
