// What an exchange times and counts, and when its connection can be used again.
#include <gtest/gtest.h>

#include <string>

#include "tests/loadgen/exchange_fixture.h"

namespace sockmark {
namespace {

TEST_F(ExchangeTest, TimesEachPhaseOfARequestThatConnects) {
  exchange_.begin(at(100), at(100));
  exchange_.connected(at(130));
  EXPECT_EQ(exchange_.output(), context_.request);
  exchange_.sent(context_.request.size(), at(137));
  EXPECT_FALSE(answer(reply().substr(0, 1), at(190)));
  EXPECT_TRUE(answer(reply().substr(1), at(195)));
  expect_one(tally_.send, at(7));
  expect_one(tally_.first_byte, at(53));
  expect_one(tally_.total, at(95));
  expect_one(tally_.service, at(65));
}

TEST_F(ExchangeTest, TimesARequestOnAnOpenConnection) {
  exchange_.begin(at(100), at(100));
  exchange_.sent(context_.request.size(), at(110));
  EXPECT_TRUE(answer(reply(), at(150)));
  EXPECT_EQ(tally_.connect.count(), 0);
  expect_one(tally_.send, at(10));
  expect_one(tally_.first_byte, at(40));
  expect_one(tally_.total, at(50));
  expect_one(tally_.service, at(50));
}

TEST_F(ExchangeTest, CountsTheSendWhenTheLastByteIsSent) {
  exchange_.begin(at(0), at(0));
  exchange_.sent(10, at(1));
  EXPECT_EQ(tally_.send.count(), 0);
  EXPECT_EQ(exchange_.output(), context_.request.substr(10));
  exchange_.sent(context_.request.size() - 10, at(9));
  EXPECT_EQ(exchange_.output(), "");
  expect_one(tally_.send, at(9));
  EXPECT_EQ(tally_.bytes_sent, context_.request.size());
}

TEST_F(ExchangeTest, CountsBytesAndRepliesOfManyRequests) {
  for (int i = 0; i < 10; ++i) {
    ask(at(i));
    answer(reply(), at(i + 1));
  }
  EXPECT_EQ(tally_.started, 10);
  EXPECT_EQ(tally_.completed, 10);
  EXPECT_EQ(tally_.in_flight, 0);
  EXPECT_EQ(tally_.bytes_sent, 10 * context_.request.size());
  EXPECT_EQ(tally_.bytes_received, 10 * reply().size());
  EXPECT_EQ(tally_.first_byte.count(), 10);
}

TEST_F(ExchangeTest, IsReusableAfterAKeptAliveReply) {
  ask();
  EXPECT_FALSE(reusable());
  answer(reply());
  EXPECT_TRUE(reusable());
  EXPECT_FALSE(exchange_.server_closes());
}

TEST_F(ExchangeTest, IsNotReusableWhenTheServerCloses) {
  ask();
  answer(reply("200 OK", "Connection: close\r\n"));
  EXPECT_FALSE(reusable());
  EXPECT_TRUE(exchange_.server_closes());
  EXPECT_EQ(tally_.completed, 1);
}

TEST_F(ExchangeTest, IsNotReusableInCloseMode) {
  spec_.close = true;
  ask();
  answer(reply());
  EXPECT_FALSE(reusable());
  EXPECT_FALSE(exchange_.server_closes());
  EXPECT_EQ(tally_.completed, 1);
}

TEST_F(ExchangeTest, IsNotReusableWithBytesBehindTheReply) {
  ask();
  answer(reply() + "x");
  EXPECT_FALSE(reusable());
  EXPECT_EQ(tally_.completed, 1);
}

TEST_F(ExchangeTest, IsNotReusableBeforeTheRequestIsSent) {
  exchange_.begin(0, 0);
  exchange_.sent(10, 0);
  answer(reply());
  EXPECT_FALSE(reusable());
}

TEST_F(ExchangeTest, CompletesABodyThatEndsWithTheConnection) {
  ask(at(1));
  EXPECT_FALSE(answer("HTTP/1.0 200 OK\r\n\r\nhello", at(2)));
  exchange_.end_of_file(at(6));
  EXPECT_EQ(tally_.completed, 1);
  EXPECT_TRUE(exchange_.served());
  EXPECT_FALSE(reusable());
  expect_one(tally_.total, at(5));
}

TEST_F(ExchangeTest, RemembersThatItServedUntilToldToForget) {
  EXPECT_FALSE(exchange_.served());
  ask();
  answer(reply());
  EXPECT_TRUE(exchange_.served());
  exchange_.forget_served();
  EXPECT_FALSE(exchange_.served());
}

TEST_F(ExchangeTest, CountsARequestOfTheWarmUpThatEndsInTheWindow) {
  ask(at(1));
  tally_.restart();
  expect_ledger_adds_up(tally_);
  EXPECT_EQ(tally_.started, 1);
  answer(reply(), at(5));
  EXPECT_EQ(tally_.completed, 1);
  EXPECT_EQ(tally_.in_flight, 0);
}

}  // namespace
}  // namespace sockmark
