#include "harness/server/http_reply.h"

#include <gtest/gtest.h>

namespace sockmark {
namespace {

using State = HttpReply::State;

HttpReply parse(std::string_view bytes) {
  return parse_http_reply(bytes, false);
}

TEST(HttpReply, EndsWhereItsLengthSays) {
  const std::string bytes = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nHi";
  const HttpReply reply = parse(bytes + "HTTP/1.1 next");
  EXPECT_EQ(reply.state, State::complete);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.status_line, "HTTP/1.1 200 OK");
  EXPECT_EQ(reply.body, "Hi");
  EXPECT_EQ(reply.size, bytes.size());
  EXPECT_TRUE(reply.stays_open);
}

TEST(HttpReply, IsIncompleteWhereverItIsCut) {
  for (const std::string bytes :
       {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHi",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2;x=y\r\nHi\r\n1\r\n!\r\n0\r\nA: b\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 204 No\r\n\r\n"}) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_EQ(parse(bytes.substr(0, size)).state, State::incomplete)
          << bytes << " cut at " << size;
    }
    EXPECT_EQ(parse(bytes).state, State::complete) << bytes;
    EXPECT_EQ(parse(bytes).size, bytes.size()) << bytes;
  }
}

TEST(HttpReply, InChunksHasABodyWithoutThem) {
  const HttpReply reply = parse(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      "7\r\nHello, \r\n6\r\nWorld!\r\n0\r\n\r\n");
  EXPECT_EQ(reply.body, "Hello, World!");
  EXPECT_TRUE(reply.stays_open);
}

TEST(HttpReply, WithoutALengthEndsWithItsConnection) {
  const std::string bytes = "HTTP/1.1 200 OK\r\n\r\nall of it";
  EXPECT_EQ(parse(bytes).state, State::incomplete);
  const HttpReply reply = parse_http_reply(bytes, true);
  EXPECT_EQ(reply.state, State::complete);
  EXPECT_EQ(reply.body, "all of it");
  EXPECT_FALSE(reply.stays_open);
}

TEST(HttpReply, SaysWhetherItsConnectionStaysOpen) {
  const auto stays_open = [](const std::string& head) {
    return parse(head + "\r\nContent-Length: 0\r\n\r\n").stays_open;
  };
  EXPECT_TRUE(stays_open("HTTP/1.1 200 OK"));
  EXPECT_FALSE(stays_open("HTTP/1.1 200 OK\r\nConnection: Close"));
  EXPECT_FALSE(stays_open("HTTP/1.0 200 OK"));
  EXPECT_TRUE(stays_open("HTTP/1.0 200 OK\r\nConnection: keep-alive"));
}

TEST(HttpReply, WithoutABodyByItsStatusEndsWithItsHead) {
  EXPECT_EQ(parse("HTTP/1.1 204 No Content\r\n\r\n").state, State::complete);
  EXPECT_EQ(parse("HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n").state,
            State::complete);
}

TEST(HttpReply, ThatIsNoneIsBadAtOnce) {
  for (const char* const bytes :
       {"220 mail", "HTTP/2 200\r\n", "HTTP/1.1 abc\r\n", "HTTP/1.1 99 x\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"}) {
    EXPECT_EQ(parse(bytes).state, State::bad) << bytes;
  }
}

}  // namespace
}  // namespace sockmark
