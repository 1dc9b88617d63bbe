#include "harness/record/attempts.h"

#include <gtest/gtest.h>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

TrialRecord trial(const std::string& server, int round, int attempt,
                  double rate) {
  TrialRecord record = synthetic_trial(server, {.requests_per_second = rate});
  record.round = round;
  record.attempt = attempt;
  return record;
}

std::vector<double> rates_of(const std::vector<TrialRecord>& trials) {
  std::vector<double> rates;
  for (const TrialRecord& record : trials) {
    rates.push_back(record.load->requests_per_second.value_or(0));
  }
  return rates;
}

TEST(LatestAttempts, KeepTheHighestOfEachServerAndRound) {
  const auto kept = latest_attempts(
      {trial("poll", 0, 0, 1), trial("select", 0, 0, 2), trial("poll", 0, 1, 3),
       trial("select", 0, 1, 4), trial("poll", 1, 0, 5)});
  EXPECT_EQ(rates_of(kept), (std::vector<double>{3, 4, 5}));
}

TEST(LatestAttempts, KeepTheEarlierWhereTheLaterWasNotRun) {
  const auto kept =
      latest_attempts({trial("poll", 0, 0, 1), trial("select", 0, 0, 2),
                       trial("poll", 0, 1, 3)});
  EXPECT_EQ(rates_of(kept), (std::vector<double>{2, 3}));
}

TEST(LatestAttempts, KeepWhatWasRunInPlaceOfAnInterruptedTrial) {
  TrialRecord interrupted = trial("poll", 0, 0, 1);
  interrupted.status = TrialStatus::interrupted;
  const auto kept = latest_attempts({interrupted, trial("poll", 0, 0, 2)});
  EXPECT_EQ(rates_of(kept), (std::vector<double>{2}));
}

TEST(LatestAttempts, TellWorkloadsAndToolsApart) {
  auto wrk = trial("poll", 0, 0, 1);
  wrk.workload.tool = "wrk";
  auto more = trial("poll", 0, 0, 2);
  more.workload.connections = 128;
  EXPECT_EQ(latest_attempts({wrk, more, trial("poll", 0, 0, 3)}).size(), 3);
}

}  // namespace
}  // namespace sockmark
