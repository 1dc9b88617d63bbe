// The checks of what a load tool says, at either side of their limits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/verdict/verdict.h"
#include "tests/harness/clean_trial.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Status = Verdict::Status;

TEST(Counts, MayDifferByWhatIsUnderWay) {
  for (const std::uint64_t server : {60'064U, 59'936U}) {
    TrialRecord trial = clean_trial();
    trial.server_counts->requests_answered = server;
    EXPECT_EQ(judge_counts(trial).status, Status::valid) << server;
  }
  for (const std::uint64_t server : {60'065U, 59'935U}) {
    TrialRecord trial = clean_trial();
    trial.server_counts->requests_answered = server;
    EXPECT_THAT(judge_counts(trial).reasons,
                ElementsAre(HasSubstr("counts 60000 answers, the server")));
    EXPECT_EQ(judge_counts(trial).status, Status::invalid);
    trial.load->errors = 1;
    EXPECT_EQ(judge_counts(trial).status, Status::valid)
        << "it may have been answered";
  }
}

TEST(Counts, MayDifferByWhatHasNoAnswerWhereThatIsKnown) {
  TrialRecord trial = clean_trial();
  trial.load->lifetime_requests = 60'003;
  trial.server_counts->requests_answered = 60'003;
  EXPECT_EQ(judge_counts(trial).status, Status::valid);
  trial.server_counts->requests_answered = 60'004;
  EXPECT_EQ(judge_counts(trial).status, Status::invalid);
}

TEST(Counts, AreOfConnectionsToo) {
  TrialRecord trial = clean_trial();
  trial.load->lifetime_requests = 60'000;
  trial.server_counts->connections_accepted = 0;  // of those in the backlog
  EXPECT_EQ(judge_counts(trial).status, Status::valid);
  trial.server_counts->connections_accepted = 129;
  EXPECT_THAT(judge_counts(trial).reasons,
              ElementsAre(HasSubstr("64 connections, the server 129")));
  trial.workload.idle_connections = 1;  // which was accepted late
  EXPECT_EQ(judge_counts(trial).status, Status::valid);
}

TEST(Counts, AreThoseOfTheWindowForToolsThatLiveNoLonger) {
  for (const char* const tool : {"wrk", "ab"}) {
    TrialRecord trial = clean_trial(tool);
    trial.server_counts->requests_answered = 50'065;
    EXPECT_EQ(judge_counts(trial).status, Status::invalid) << tool;
  }
  TrialRecord trial = clean_trial("h2load");
  trial.server_counts->requests_answered = 60'000;
  EXPECT_EQ(judge_counts(trial).status, Status::valid) << "its warm-up";
}

Verdict with_in_flight(const char* tool, double connections) {
  TrialRecord trial = clean_trial(tool);
  trial.load->latency.mean = connections / 10'000.0 * 1e9;
  return judge_littles_law(trial);
}

TEST(LittlesLaw, HoldsForH2load) {
  EXPECT_EQ(with_in_flight("h2load", 64 * 0.981).status, Status::valid);
  EXPECT_EQ(with_in_flight("h2load", 64 * 1.019).status, Status::valid);
  EXPECT_EQ(with_in_flight("h2load", 64 * 0.979).status, Status::suspect);
  EXPECT_EQ(with_in_flight("h2load", 64 * 1.049).status, Status::suspect);
  EXPECT_EQ(with_in_flight("h2load", 64 * 0.949).status, Status::invalid);
  EXPECT_EQ(with_in_flight("h2load", 64 * 1.052).status, Status::invalid);
}

TEST(LittlesLaw, AllowsForAMeanInWholeMicroseconds) {
  TrialRecord trial = clean_trial("h2load");
  trial.workload.connections = 1;
  trial.load->requests_per_second = 120'000;
  trial.load->latency.mean = 8000;  // 0.96 in flight
  EXPECT_EQ(judge_littles_law(trial).status, Status::valid);
}

TEST(LittlesLaw, TellsWhereWrkMadeLatenciesUp) {
  EXPECT_EQ(with_in_flight("wrk", 40).status, Status::valid)
      << "what passes between two requests is in none";
  EXPECT_EQ(with_in_flight("wrk", 64 * 1.049).status, Status::valid);
  const Verdict verdict = with_in_flight("wrk", 64 * 40);
  EXPECT_EQ(verdict.status, Status::suspect) << "its throughput stands";
  EXPECT_THAT(verdict.reasons, ElementsAre(HasSubstr("made some of them up")));
}

TEST(LittlesLaw, IsNotHeldAgainstWhatItDoesNotGovern) {
  EXPECT_EQ(with_in_flight("loadgen", 20).status, Status::valid)
      << "it judges itself";
  TrialRecord trial = clean_trial("h2load");
  trial.load->latency.mean = 1e6;  // ten of 64
  trial.load->errors = 3;
  EXPECT_EQ(judge_littles_law(trial).status, Status::valid);
  trial.load->errors = 0;
  EXPECT_EQ(judge_littles_law(trial).status, Status::invalid);
  trial.workload.rate_per_second = 100;
  EXPECT_EQ(judge_littles_law(trial).status, Status::valid);
  trial.workload.rate_per_second.reset();
  trial.workload.keep_alive = false;
  EXPECT_EQ(judge_littles_law(trial).status, Status::valid);
}

Verdict with_bytes(double bytes) {
  TrialRecord trial = clean_trial();
  trial.load->bytes_received = static_cast<std::uint64_t>(bytes);
  return judge_bytes(trial);
}

TEST(Bytes, MayDifferByWhatIsUnderWayAndByRounding) {
  constexpr double kDue = 50'000 * 78;
  constexpr double kSlack = 0.01 * kDue + 64 * 78;
  EXPECT_EQ(with_bytes(kDue + kSlack - 1).status, Status::valid);
  EXPECT_EQ(with_bytes(kDue - kSlack + 1).status, Status::valid);
  EXPECT_EQ(with_bytes(kDue + kSlack + 2).status, Status::invalid);
  EXPECT_EQ(with_bytes(kDue - kSlack - 2).status, Status::invalid);
}

TEST(Bytes, MayDifferByALineOnTheConnection) {
  for (const int line : {-24, -19, 19, 24}) {
    EXPECT_EQ(with_bytes(50'000.0 * (78 + line)).status, Status::valid) << line;
  }
  const Verdict verdict = with_bytes(50'000.0 * (78 - 13));
  EXPECT_EQ(verdict.status, Status::invalid) << "without its body";
  EXPECT_THAT(verdict.reasons,
              ElementsAre("received 3250000 bytes where 3900000 were due"));
}

TEST(Bytes, OfAUsersServerMayDifferForReasonsOfItsOwn) {
  TrialRecord trial = clean_trial();
  trial.load->bytes_received = 50'000 * 65;
  trial.server.manifest = "servers.json";
  EXPECT_EQ(judge_bytes(trial).status, Status::suspect);
  trial.load->errors = 1;
  EXPECT_EQ(judge_bytes(trial).status, Status::valid) << "errors have replies";
}

TEST(Served, LeavesNoConnectionWithoutAnAnswer) {
  TrialRecord trial = clean_trial();
  trial.load->connections_served = 63;
  EXPECT_EQ(judge_served(trial).status, Status::suspect);
  EXPECT_THAT(judge_served(trial).reasons,
              ElementsAre("1 of 64 connections never got an answer"));
  trial.load->connections_served = 64;
  EXPECT_EQ(judge_served(trial).status, Status::valid);
  trial.load->connections_served = 4;
  trial.workload.rate_per_second = 10;
  EXPECT_EQ(judge_served(trial).status, Status::valid);
  trial.workload.rate_per_second.reset();
  trial.workload.keep_alive = false;
  EXPECT_EQ(judge_served(trial).status, Status::valid);
}

}  // namespace
}  // namespace sockmark
