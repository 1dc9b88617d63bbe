#include <gtest/gtest.h>

#include <string>

#include "loadgen/objective.h"

namespace sockmark {
namespace {

// 1000 requests in 2 s, of 1 to 1000 us, and what they consist of.
class ObjectiveCheck : public testing::Test {
 protected:
  ObjectiveCheck() {
    for (std::int64_t us = 1; us <= 1000; ++us) {
      tally_.total.record(1000 * us);
      tally_.service.record(500 * us);
      tally_.first_byte.record(100 * us);
    }
    tally_.started = tally_.completed = 1000;
    tally_.measured = 2'000'000'000;
  }

  ObjectiveResult result(const std::string& text) const {
    return check(parse_objective(text), tally_);
  }

  void expect_met(const std::string& text, const std::string& measured) const {
    const ObjectiveResult result = this->result(text);
    EXPECT_EQ(result.objective, text);
    EXPECT_TRUE(result.met) << text;
    EXPECT_EQ(result.measured, measured) << text;
    EXPECT_EQ(result.reason, "") << text;
  }

  void expect_missed(const std::string& text,
                     const std::string& measured) const {
    const ObjectiveResult result = this->result(text);
    EXPECT_FALSE(result.met) << text;
    EXPECT_EQ(result.measured, measured) << text;
    EXPECT_EQ(result.reason, "measured " + measured) << text;
  }

  void expect_unknown(const std::string& text,
                      const std::string& reason) const {
    const ObjectiveResult result = this->result(text);
    EXPECT_FALSE(result.met) << text;
    EXPECT_EQ(result.measured, "") << text;
    EXPECT_EQ(result.reason, reason) << text;
  }

  Tally tally_;
};

TEST_F(ObjectiveCheck, HoldsPercentilesAgainstTheirLimit) {
  expect_met("p50<1ms", "500 us");
  expect_met("p98<1ms", "980 us");
  expect_missed("p90<900us", "900 us");
  expect_missed("p90<=0.5ms", "900 us");
}

TEST_F(ObjectiveCheck, LooksAtThePhaseThatIsNamed) {
  expect_met("service.p50<=251us", "250 us");
  expect_met("first_byte.max<101us", "100 us");
  expect_missed("latency.max<1ms", "1.00 ms");
}

TEST_F(ObjectiveCheck, HoldsTheMeanAgainstItsLimit) {
  expect_met("mean<501us", "500 us");
  expect_met("service.mean>250us", "250 us");
}

TEST_F(ObjectiveCheck, DoesNotBelieveAPercentileOfFewValues) {
  expect_unknown("p99<1s",
                 "1000 values are too few: 20 have to lie beyond p99");
  expect_unknown("p99.9<1s",
                 "1000 values are too few: 20 have to lie beyond p99.9");
}

TEST_F(ObjectiveCheck, KnowsNothingOfWhatWasNotRecorded) {
  expect_unknown("connect.p50<1s", "nothing was recorded");
  expect_unknown("connect.mean<1s", "nothing was recorded");
  expect_unknown("connect.max<1s", "nothing was recorded");
}

TEST_F(ObjectiveCheck, CountsErrors) {
  expect_met("errors<=0", "0");
  expect_met("errors<0.1%", "0 %");
  tally_.errors.timeout = 6;
  tally_.errors.status = 4;
  expect_met("errors<=10", "10");
  expect_missed("errors<10", "10");
  expect_met("errors<1%", "0.99 %");
  expect_missed("errors<0.9%", "0.99 %");
}

TEST_F(ObjectiveCheck, CountsWhatWasCompletedPerSecond) {
  tally_.errors.timeout = 500;
  expect_met("rate>=500", "500/s");
  expect_missed("rate>500", "500/s");
  expect_missed("rate>=10k", "500/s");
}

TEST_F(ObjectiveCheck, HasNothingMetByARunWithoutRequests) {
  tally_ = {};
  expect_unknown("p50<1s", "nothing was recorded");
  expect_unknown("errors<=0", "no request has ended");
  expect_unknown("errors<1%", "no request has ended");
  expect_unknown("rate<1", "no time was measured");
  tally_.measured = 1'000'000'000;
  expect_missed("rate>=1", "0/s");
}

}  // namespace
}  // namespace sockmark
