#include "loadgen/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Status = LoadVerdict::Status;

class Verdict : public testing::Test {
 protected:
  Verdict() {
    spec_.connections = 100;
    tally_.started = tally_.completed = 10'000;
    tally_.connections_open = tally_.connections_opened = 100;
    tally_.connections_average = 100;
    tally_.connections_served = 100;
    tally_.generator.busiest_thread = 0.5;
    tally_.measured = 10'000'000'000;
    tally_.in_flight_average = 100;
    tally_.time_in_flight = 1'000'000'000'000;
  }

  void fail(ErrorKind kind, std::uint64_t count) {
    tally_.errors.*kind = count;
    tally_.started += count;
  }

  LoadVerdict judged(bool interrupted = false) const {
    return judge(spec_, tally_, interrupted);
  }

  // One reason, and no other.
  void expect(Status status, const std::string& reason) const {
    const LoadVerdict verdict = judged();
    EXPECT_STREQ(to_string(verdict.status), to_string(status));
    EXPECT_THAT(verdict.reasons, ElementsAre(HasSubstr(reason)));
  }

  void expect_valid() const {
    EXPECT_EQ(judged().status, Status::valid);
    EXPECT_THAT(judged().reasons, ElementsAre());
  }

  LoadSpec spec_;
  Tally tally_;
};

TEST_F(Verdict, IsValidWhenAllIsWell) { expect_valid(); }

TEST_F(Verdict, IsValidWithRequestsInFlight) {
  tally_.started += 100;
  tally_.in_flight = 100;
  expect_valid();
}

TEST_F(Verdict, IsInvalidWhenInterrupted) {
  EXPECT_EQ(judged(true).status, Status::invalid);
  EXPECT_THAT(judged(true).reasons, ElementsAre(HasSubstr("interrupted")));
}

TEST_F(Verdict, IsInvalidWithoutAnAnswer) {
  tally_.completed = tally_.started = 0;
  tally_.connections_served = 0;
  expect(Status::invalid, "no request was answered");
}

TEST_F(Verdict, IsInvalidWhenTheLedgerDoesNotAddUp) {
  ++tally_.started;
  expect(Status::invalid, "ledger");
}

TEST_F(Verdict, IsSuspectWithFewErrors) {
  fail(&Errors::reset, 10);
  expect(Status::suspect, "10 of 10010 requests failed (");
}

TEST_F(Verdict, IsInvalidWithManyErrors) {
  fail(&Errors::status, 300);
  expect(Status::invalid, "300 of 10300 requests failed (");
}

TEST_F(Verdict, WritesAShareAsPeopleDo) {
  tally_.completed = tally_.started = 1;
  fail(&Errors::status, 999'999);
  EXPECT_THAT(judged().reasons, ElementsAre(HasSubstr("(100 %)")));
}

TEST_F(Verdict, IsInvalidWithALocalErrorHoweverRare) {
  fail(&Errors::local, 1);
  tally_.last_local_error = "Too many open files";
  EXPECT_EQ(judged().status, Status::invalid);
  EXPECT_THAT(judged().reasons,
              ElementsAre(HasSubstr("1 of 10001 requests failed"),
                          HasSubstr("Too many open files")));
}

TEST_F(Verdict, IsSuspectWithAConnectionMissing) {
  tally_.connections_average = 98.5;
  expect(Status::suspect, "98.5 of 100 connections were open");
}

TEST_F(Verdict, IsInvalidWithManyConnectionsMissing) {
  tally_.connections_average = 94;
  expect(Status::invalid, "94.0 of 100 connections were open");
}

TEST_F(Verdict, AllowsForAConnectionMissingNowAndThen) {
  tally_.connections_average = 99.2;
  expect_valid();
}

TEST_F(Verdict, ExpectsConnectionsToCloseInCloseMode) {
  spec_.close = true;
  tally_.connections_average = 50;
  expect_valid();
}

TEST_F(Verdict, IsSuspectWithConnectionsThatStarved) {
  tally_.connections_served = 97;
  expect(Status::suspect, "3 of 100 connections never got an answer");
}

TEST_F(Verdict, ExpectsNoFairShareOfAFixedNumberOfRequests) {
  spec_.requests = 10'000;
  tally_.connections_served = 97;
  expect_valid();
}

TEST_F(Verdict, IsSuspectWhenTheGeneratorIsBusy) {
  tally_.generator.busiest_thread = 0.97;
  expect(Status::suspect, "over 90 % of a core");
}

TEST_F(Verdict, IsSuspectWhenOthersHadTheCore) {
  tally_.generator.most_delayed_thread = 0.06;
  expect(Status::suspect, "kept the generator from its core for 6 %");
}

TEST_F(Verdict, HoldsTimesAgainstRequestsInFlight) {
  tally_.in_flight_average = 93;
  expect(Status::suspect, "93 requests were in flight, but their times add up");
  tally_.in_flight_average = 70;
  expect(Status::invalid, "add up to 100");
}

TEST_F(Verdict, AllowsForTheChanceInFewRequestsInFlight) {
  tally_.measured = 1'000'000'000;
  tally_.time_in_flight = 1'000'000'000;
  tally_.in_flight_average = 1.3;
  expect_valid();
}

TEST_F(Verdict, IsSuspectWhenARequestHangs) {
  tally_.service.record(3'000'000);
  tally_.oldest_in_flight = 2'000'000'000;
  expect(Status::suspect, "still unanswered after 2.00 s");
}

class OpenLoopVerdict : public Verdict {
 protected:
  OpenLoopVerdict() {
    spec_.rate = parse_rate_profile("1k").with_duration(10'000'000'000);
    tally_.open_loop.planned = 10'000;
    for (int i = 0; i < 10'000; ++i) {
      tally_.total.record(300'000);
      tally_.open_loop.lateness.record(i < 9000 ? 1000 : 50'000);
    }
  }
};

TEST_F(OpenLoopVerdict, IsValidAtTheRate) { expect_valid(); }

TEST_F(OpenLoopVerdict, ComparesTheRateWithTheOneAskedFor) {
  tally_.open_loop.planned = 10'200;
  expect(Status::suspect, "98 % of the requests that were due were answered");
  tally_.open_loop.planned = 100'000;
  expect(Status::invalid, "10 % of the requests that were due were answered");
}

TEST_F(OpenLoopVerdict, IsSuspectWhenTheGeneratorIsLate) {
  for (int i = 0; i < 200; ++i) tally_.open_loop.lateness.record(400'000);
  expect(Status::suspect, "sent 1 % of the requests 400 us late");
}

TEST_F(OpenLoopVerdict, IsInvalidWhenTheGeneratorIsVeryLate) {
  for (int i = 0; i < 200; ++i) tally_.open_loop.lateness.record(40'000'000);
  expect(Status::invalid, "40.0 ms late");
}

TEST_F(OpenLoopVerdict, DoesNotMindConnectionsThatWereNotNeeded) {
  tally_.connections_served = 3;
  expect_valid();
}

class SteadinessVerdict : public Verdict {
 protected:
  void rates(const std::vector<std::uint64_t>& per_slice) {
    for (const std::uint64_t rate : per_slice) {
      tally_.series.push_back({.completed = rate});
    }
  }
};

TEST_F(SteadinessVerdict, IsSuspectWithATrend) {
  for (std::uint64_t i = 0; i < 60; ++i) rates({1000 - 5 * i});
  expect(Status::suspect, "the rate fell by");
}

TEST_F(SteadinessVerdict, IsSuspectWithAWarmUpInTheWindow) {
  rates(std::vector<std::uint64_t>(10, 100));
  for (std::uint64_t i = 0; i < 90; ++i) rates({1000 + 7 * i % 31});
  EXPECT_THAT(judged().reasons,
              testing::Contains(HasSubstr("more --warmup leaves them out")));
}

TEST_F(SteadinessVerdict, IsValidWithNoise) {
  for (std::uint64_t i = 0; i < 100; ++i) rates({1000 + 37 * i % 101});
  expect_valid();
}

TEST_F(Verdict, IsAsBadAsItsWorstReason) {
  tally_.generator.busiest_thread = 0.97;
  tally_.connections_average = 10;
  tally_.connections_served = 97;
  EXPECT_EQ(judged().status, Status::invalid);
  EXPECT_EQ(judged().reasons.size(), 3);
}

TEST_F(Verdict, HasAName) {
  EXPECT_STREQ(to_string(Status::valid), "valid");
  EXPECT_STREQ(to_string(Status::suspect), "suspect");
  EXPECT_STREQ(to_string(Status::invalid), "invalid");
}

}  // namespace
}  // namespace sockmark
