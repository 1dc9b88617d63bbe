#include "harness/server/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/server/free_port.h"

namespace sockmark {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using Outcome = ReplyCheck::Outcome;

bool never() { return false; }

std::string reply_of(const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + more + "\r\n" + body;
}

TEST(FaultIn, ARightReplyIsNone) {
  EXPECT_EQ(fault_in(reply_of("Hi"), false, {}), "");
  EXPECT_EQ(fault_in(reply_of("Hi"), false, {.body_bytes = 2}), "");
  EXPECT_EQ(fault_in(reply_of("Hi"), false, {.body = "Hi"}), "");
  EXPECT_EQ(fault_in("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", false,
                     {.status = 404}),
            "");
}

TEST(FaultIn, AWrongReplySaysWhatWasExpected) {
  EXPECT_EQ(fault_in(reply_of("Hi"), false, {.status = 201}),
            "expected status 201, got 'HTTP/1.1 200 OK'");
  EXPECT_EQ(fault_in(reply_of("Hi"), false, {.body_bytes = 13}),
            "expected a body of 13 bytes, got 2");
  EXPECT_EQ(fault_in(reply_of("Hi\n"), false, {.body = "Hi"}),
            "expected the body 'Hi', got 'Hi ' (3 bytes)");
  EXPECT_THAT(fault_in("220 mail ready\r\n", false, {}),
              HasSubstr("the reply is no HTTP: '220 mail ready"));
}

TEST(FaultIn, AReplyWithoutItsEndIsNamed) {
  const std::string whole = reply_of("Hi");
  EXPECT_THAT(fault_in(whole.substr(0, whole.size() - 1), false, {}),
              HasSubstr("no whole reply to a request: 39 bytes and no end"));
  EXPECT_THAT(fault_in("", true, {}), HasSubstr("no byte of it"));
}

TEST(FaultIn, AConnectionThatHasToStayOpenIsChecked) {
  const std::string closing = reply_of("Hi", "Connection: close\r\n");
  EXPECT_EQ(fault_in(closing, false, {.must_stay_open = false}), "");
  EXPECT_THAT(fault_in(closing, false, {.must_stay_open = true}),
              HasSubstr("does not stay open"));
  EXPECT_EQ(
      fault_in(closing, false, {.keep_alive = false, .must_stay_open = true}),
      "");
}

TEST(CheckReply, TellsWhereNothingListens) {
  const ReplyCheck result = check_reply(free_port(), {}, seconds(10), never);
  EXPECT_EQ(result.outcome, Outcome::refused);
}

}  // namespace
}  // namespace sockmark
