#include "lib/request.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/lib/replies.h"
#include "tests/lib/session_corpus.h"

namespace sockmark {
namespace {

using Status = ParsedHead::Status;

RequestHead parse_whole(const std::string& bytes) {
  const ParsedHead parsed = parse_request_head(bytes);
  EXPECT_EQ(parsed.status, Status::complete) << bytes;
  EXPECT_EQ(parsed.size, bytes.size()) << bytes;
  return parsed.head;
}

RequestHead parse_with(const std::string& headers) {
  return parse_whole("GET / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
}

TEST(Request, IsIncompleteUntilItsBlankLine) {
  for (std::size_t size = 0; size < kGet.size(); ++size) {
    EXPECT_EQ(parse_request_head(kGet.substr(0, size)).status,
              Status::incomplete)
        << size;
  }
  EXPECT_EQ(parse_request_head(std::string_view()).status, Status::incomplete);
}

TEST(Request, CountsBlankLinesBeforeItAndNothingBehindIt) {
  const std::string head = "\r\n\n" + std::string(kGet);
  EXPECT_EQ(parse_request_head(head + "hello").size, head.size());
}

TEST(Request, KnowsTheMethodHeadByItsCase) {
  EXPECT_TRUE(parse_whole(std::string(kHead)).is_head);
  EXPECT_FALSE(parse_whole(std::string(kGet)).is_head);
  EXPECT_FALSE(parse_whole("head / HTTP/1.1\r\nHost: h\r\n\r\n").is_head);
}

TEST(Request, KeepsTheConnectionByVersionOrByHeader) {
  EXPECT_TRUE(parse_with("").keep_alive);
  EXPECT_FALSE(parse_with("Connection: close\r\n").keep_alive);
  EXPECT_FALSE(parse_with("Connection: keep-alive, close\r\n").keep_alive);
  const RequestHead old = parse_whole("GET / HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(old.is_http_1_0);
  EXPECT_FALSE(old.keep_alive);
  EXPECT_TRUE(parse_whole("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                  .keep_alive);
}

TEST(Request, ClosesWhenAnyConnectionHeaderSaysSo) {
  const std::string close = "Connection: close\r\n";
  const std::string keep = "Connection: keep-alive\r\n";
  EXPECT_FALSE(parse_with(close + keep).keep_alive);
  EXPECT_FALSE(parse_with(keep + close).keep_alive);
  const std::string old = "GET / HTTP/1.0\r\n";
  EXPECT_FALSE(parse_whole(old + keep + close + "\r\n").keep_alive);
  EXPECT_FALSE(parse_whole(old + close + keep + "\r\n").keep_alive);
}

TEST(Request, SaysHowItsBodyIsFramed) {
  EXPECT_EQ(parse_with("Content-Length: 42\r\n").content_length, 42);
  EXPECT_FALSE(parse_with("Content-Length: 42\r\n").chunked);
  EXPECT_TRUE(parse_with("Transfer-Encoding: chunked\r\n").chunked);
  EXPECT_EQ(parse_with("").content_length, 0);
}

TEST(Request, SaysWhetherItExpectsAnInterimReply) {
  EXPECT_TRUE(parse_with("Expect: 100-Continue\r\n").expects_continue);
  EXPECT_FALSE(parse_with("Expect: coffee\r\n").expects_continue);
  EXPECT_FALSE(parse_with("").expects_continue);
}

// The verdict on a stream may only change from `incomplete`, and only once.
TEST(Request, IsJudgedAlikeHoweverMuchOfItHasArrived) {
  for (const auto& exchanges : {good_exchanges(), refused_exchanges()}) {
    for (const Exchange& exchange : exchanges) {
      SCOPED_TRACE(exchange.name);
      const std::string_view input = exchange.input;
      const ParsedHead whole = parse_request_head(input);
      bool decided = false;
      for (std::size_t size = 0; size <= input.size(); ++size) {
        const ParsedHead part = parse_request_head(input.substr(0, size));
        if (part.status == Status::incomplete) {
          ASSERT_FALSE(decided) << size;
          continue;
        }
        decided = true;
        ASSERT_EQ(part.status, whole.status) << size;
        ASSERT_EQ(part.size, whole.size) << size;
        ASSERT_EQ(part.error_status, whole.error_status) << size;
      }
    }
  }
}

TEST(Request, RefusesWhatCannotBecomeAHeadWithoutWaitingForALine) {
  EXPECT_EQ(parse_request_head("\x16\x03\x01").error_status, 400);
  EXPECT_EQ(parse_request_head(std::string_view("\0", 1)).error_status, 400);
  EXPECT_EQ(parse_request_head("GET / HTTP/1.1\r").status, Status::incomplete);
}

TEST(Request, MayHaveExactlyItsLargestSize) {
  const std::string start = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
  const std::string filler(kLargestHead - start.size() - 4, 'x');
  parse_whole(start + filler + "\r\n\r\n");
  EXPECT_EQ(parse_request_head(start + filler + "x\r\n\r\n").error_status, 431);
}

}  // namespace
}  // namespace sockmark
