#include "loadgen/answer.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <set>

#include "lib/error.h"
#include "lib/fd.h"

namespace sockmark {
namespace {

// Both ends of a connection: ours does not block.
class AnswerTest : public testing::Test {
 protected:
  AnswerTest() {
    std::array<int, 2> ends{};
    check(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()),
          "socketpair");
    ours_ = Fd(ends[0]);
    theirs_ = Fd(ends[1]);
  }

  void comes(std::string_view bytes) {
    check(send(theirs_.get(), bytes.data(), bytes.size(), 0), "send");
  }

  Arrival receive(Answer& answer) { return answer.receive(ours_.get()); }

  Fd ours_;
  Fd theirs_;
};

TEST_F(AnswerTest, MayComeInPieces) {
  Answer answer(Protocol::http, "");
  answer.begin();
  EXPECT_EQ(receive(answer), Arrival::nothing);
  comes("HTTP/1.1 200 OK\r\nContent-Le");
  EXPECT_EQ(receive(answer), Arrival::some);
  EXPECT_TRUE(answer.awaited());
  comes("ngth: 2\r\n\r\nhi");
  EXPECT_EQ(receive(answer), Arrival::answer);
  EXPECT_FALSE(answer.awaited());
  EXPECT_TRUE(answer.keeps_alive());
  EXPECT_EQ(receive(answer), Arrival::nothing);
}

TEST_F(AnswerTest, IsReadNoFasterThanAskedFor) {
  Answer answer(Protocol::echo, "abc");
  answer.begin();
  comes("abc");
  EXPECT_EQ(answer.receive(ours_.get(), 1), Arrival::some);
  EXPECT_EQ(answer.receive(ours_.get(), 1), Arrival::some);
  EXPECT_EQ(answer.receive(ours_.get(), 1), Arrival::answer);
}

TEST_F(AnswerTest, MayBeAnError) {
  Answer answer(Protocol::http, "");
  for (const std::string status : {"404 No", "503 Oh"}) {
    answer.begin();
    comes("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(receive(answer), Arrival::error_status) << status;
  }
}

TEST_F(AnswerTest, OfAnEchoIsWhatWasSent) {
  Answer answer(Protocol::echo, "abcd");
  for (int i = 0; i < 2; ++i) {
    answer.begin();
    comes("ab");
    EXPECT_EQ(receive(answer), Arrival::some);
    comes("cd");
    EXPECT_EQ(receive(answer), Arrival::answer);
    EXPECT_TRUE(answer.keeps_alive());
  }
}

TEST_F(AnswerTest, MayBeGarbled) {
  Answer http(Protocol::http, "");
  http.begin();
  comes("hello\r\n\r\n");
  EXPECT_EQ(receive(http), Arrival::garbled);
  for (const std::string_view wrong : {"abd", "abcde", "x"}) {
    Answer echo(Protocol::echo, "abcd");
    echo.begin();
    comes(wrong);
    EXPECT_EQ(receive(echo), Arrival::garbled) << wrong;
  }
}

TEST_F(AnswerTest, IsNotWhatComesUnasked) {
  Answer answer(Protocol::http, "");
  comes("HTTP/1.1 408 Too Late\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(receive(answer), Arrival::some);
  theirs_.reset();
  EXPECT_EQ(receive(answer), Arrival::closed);
}

TEST_F(AnswerTest, MayEndWithTheConnection) {
  Answer answer(Protocol::http, "");
  answer.begin();
  comes("HTTP/1.0 200 OK\r\n\r\nhello");
  EXPECT_EQ(receive(answer), Arrival::some);
  theirs_.reset();
  EXPECT_EQ(receive(answer), Arrival::answer);
  EXPECT_FALSE(answer.keeps_alive());
  EXPECT_EQ(receive(answer), Arrival::closed);
}

TEST_F(AnswerTest, IsNotWholeIfTheConnectionEndsInIt) {
  Answer answer(Protocol::http, "");
  answer.begin();
  comes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell");
  EXPECT_EQ(receive(answer), Arrival::some);
  theirs_.reset();
  EXPECT_EQ(receive(answer), Arrival::closed);
}

TEST(Request, IsAGet) {
  EXPECT_EQ(request_to(parse_target("http://h:81/a?b")),
            "GET /a?b HTTP/1.1\r\nHost: h:81\r\n\r\n");
}

// Bytes that are lost, doubled or swapped are to show.
TEST(Request, ToAnEchoIs64DifferentBytes) {
  const std::string message = request_to(parse_target("echo://h:7"));
  EXPECT_EQ(message.size(), 64);
  EXPECT_EQ(std::set<char>(message.begin(), message.end()).size(), 64);
}

}  // namespace
}  // namespace sockmark
