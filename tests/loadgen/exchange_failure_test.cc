// What an exchange takes for an answer, and what for which error.
#include <gtest/gtest.h>

#include <string>

#include "tests/loadgen/exchange_fixture.h"

namespace sockmark {
namespace {

TEST_F(ExchangeTest, TakesAny2xxOr3xxForRight) {
  for (const std::string status : {"200", "204", "299", "301", "399"}) {
    ask();
    EXPECT_TRUE(answer(reply(status)));
    EXPECT_EQ(tally_.errors.total(), 0) << status;
  }
}

TEST_F(ExchangeTest, TakesAnyOtherStatusForAnError) {
  for (const std::string status : {"400", "404", "500", "503", "600"}) {
    ask();
    EXPECT_TRUE(answer(reply(status)));
    EXPECT_TRUE(reusable()) << "the connection is fine";
  }
  EXPECT_EQ(tally_.errors.status, 5);
  EXPECT_EQ(tally_.errors.total(), 5);
  EXPECT_EQ(tally_.total.count(), 0);
}

TEST_F(ExchangeTest, TakesOnlyTheExpectedStatusForRight) {
  spec_.expect_status = 404;
  ask();
  answer(reply("404 Not Found"));
  EXPECT_EQ(tally_.completed, 1);
  ask();
  answer(reply());
  EXPECT_EQ(tally_.errors.status, 1);
}

TEST_F(ExchangeTest, ChecksTheBody) {
  for (const std::string body : {"hello", "Hello"}) {
    spec_.expect_body = body;
    ExchangeContext context(spec_);
    Exchange exchange(context);
    exchange.begin(0, 0);
    exchange.received(reply(), 0);
    EXPECT_EQ(context.tally.completed, body == "hello" ? 1 : 0);
    EXPECT_EQ(context.tally.errors.body, body == "hello" ? 0 : 1);
  }
}

TEST_F(ExchangeTest, CountsGarbageAsAParseError) {
  ask();
  EXPECT_TRUE(answer("ICY 200 OK\r\n\r\n"));
  expect_only(&Errors::parse);
  EXPECT_FALSE(reusable());
}

// The next request must not inherit what an earlier reply announced.
TEST_F(ExchangeTest, ExpectsNoCloseAfterGarbage) {
  ask();
  answer(reply("200 OK", "Connection: close\r\n"));
  ask();
  answer("ICY 200 OK\r\n\r\n");
  EXPECT_FALSE(exchange_.server_closes());
}

TEST_F(ExchangeTest, FailsWhenTheServerClosesMidReply) {
  ask();
  answer(reply().substr(0, 40));
  exchange_.end_of_file(0);
  expect_only(&Errors::closed);
}

TEST_F(ExchangeTest, FailsWhenTheServerClosesWithoutAReply) {
  ask();
  exchange_.end_of_file(0);
  expect_only(&Errors::closed);
}

TEST_F(ExchangeTest, IgnoresACloseBetweenRequests) {
  ask();
  answer(reply());
  exchange_.end_of_file(0);
  EXPECT_EQ(tally_.errors.total(), 0);
  EXPECT_EQ(tally_.completed, 1);
}

TEST_F(ExchangeTest, FailsOnlyOnce) {
  ask();
  exchange_.fail(&Errors::timeout, 0);
  exchange_.fail(&Errors::reset, 0);
  exchange_.end_of_file(0);
  expect_only(&Errors::timeout);
}

TEST_F(ExchangeTest, DoesNotFailWithoutARequest) {
  exchange_.fail(&Errors::reset, 0);
  EXPECT_EQ(tally_.errors.total(), 0);
}

TEST_F(ExchangeTest, BeginsAnewAfterAFailureInTheMiddle) {
  ask(at(0));
  answer(reply().substr(0, 40));
  exchange_.fail(&Errors::reset, 0);
  ask(at(10));
  EXPECT_TRUE(answer(reply(), at(13)));
  EXPECT_EQ(tally_.completed, 1);
  expect_one(tally_.total, at(3));
}

}  // namespace
}  // namespace sockmark
