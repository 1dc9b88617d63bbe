// The bytes that every server answers with.
#include <thread>

#include "tests/lib/replies.h"
#include "tests/servers/server_test.h"

namespace sockmark {
namespace {

using namespace std::literals;

constexpr std::size_t kLargeBody = 10'000'000;

class Answers : public ServerTest {
 protected:
  // On a connection of its own, which the server has to close.
  std::string all_answers_to(std::string_view request) {
    Client client = connect();
    client.send(request);
    return client.receive_to_end();
  }
};

TEST_P(Answers, ARequestThatComesInTwoParts) {
  start();
  Client client = connect();
  for (const std::size_t first : {1U, 4U, 15U, 16U, 20U, 26U, 27U}) {
    client.send(kGet.substr(0, first));
    std::this_thread::sleep_for(2ms);
    EXPECT_EQ(client.ask(kGet.substr(first), reply().size()), reply());
  }
}

TEST_P(Answers, ARequestThatComesByteByByte) {
  start();
  Client client = connect();
  client.send_byte_by_byte(kGet);
  EXPECT_EQ(client.receive(reply().size()), reply());
}

TEST_P(Answers, PipelinedRequestsInOrder) {
  start();
  for (const int count : {1, 7}) {
    const std::string requests =
        repeated(std::string(kGet) + std::string(kHead), count) +
        std::string(kGetAndClose);
    EXPECT_EQ(all_answers_to(requests),
              repeated(reply() + reply_head(), count) + reply(kClose));
  }
}

TEST_P(Answers, AHeadRequestWithoutABody) {
  start();
  Client client = connect();
  EXPECT_EQ(client.ask(kHead, reply_head().size()), reply_head());
  EXPECT_EQ(client.ask(kGet, reply().size()), reply());
}

TEST_P(Answers, AnHttp10RequestAndCloses) {
  start();
  EXPECT_EQ(all_answers_to("GET / HTTP/1.0\r\n\r\n"), reply(kClose));
}

TEST_P(Answers, AnHttp10RequestThatKeepsTheConnection) {
  start();
  Client client = connect();
  const std::string request =
      "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  const std::string expected = reply(kKeepAlive);
  EXPECT_EQ(client.ask(request, expected.size()), expected);
  EXPECT_EQ(client.ask(request, expected.size()), expected);
}

TEST_P(Answers, ARequestToCloseAndCloses) {
  start();
  EXPECT_EQ(all_answers_to(kGetAndClose), reply(kClose));
}

TEST_P(Answers, OnceAndClosesWhenKeepAliveIsOff) {
  start({"--keep-alive", "off"});
  EXPECT_EQ(all_answers_to(kGet), reply(kClose));
}

TEST_P(Answers, ARequestWithABody) {
  start();
  Client client = connect();
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\n";
  for (const std::string& rest :
       {"Content-Length: 5\r\n\r\nhello"s,
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"s}) {
    EXPECT_EQ(client.ask(head + rest, reply().size()), reply());
  }
}

TEST_P(Answers, ABodyLargerThanAnyBuffer) {
  start();
  Client client = connect();
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n");
  client.send(std::string(3'000'000, 'x'));
  EXPECT_EQ(client.receive(reply().size()), reply());
}

TEST_P(Answers, AHeadOverTheLimitWith431) {
  start();
  Client client = connect();
  const std::string expected = refusal("431 Request Header Fields Too Large");
  client.send_what_is_taken("GET / HTTP/1.1\r\nHost: h\r\nX: " +
                            std::string(100'000, 'x'));
  EXPECT_EQ(client.receive(expected.size()), expected);
}

TEST_P(Answers, GarbageWith400) {
  start();
  EXPECT_EQ(all_answers_to("hello\r\n\r\n"), refusal("400 Bad Request"));
  EXPECT_EQ(all_answers_to("\x16\x03\x01"), refusal("400 Bad Request"));
}

TEST_P(Answers, MuchGarbageWith400) {
  start();
  const std::string expected = refusal("400 Bad Request");
  for (int i = 0; i < 10; ++i) {
    Client client = connect();
    client.send_what_is_taken(std::string(100'000, '\0'));
    EXPECT_EQ(client.receive(expected.size()), expected);
  }
}

TEST_P(Answers, WithMoreThanTheSocketHolds) {
  start({"--body", std::to_string(kLargeBody)});
  Client client(server_->port(), 32 * 1024);
  const std::string expected = reply("", kLargeBody);
  client.send(kGet);
  // The server fills every buffer on the way, and has to wait.
  EXPECT_TRUE(client.hears_within(kPatience));
  std::this_thread::sleep_for(50ms);
  EXPECT_TRUE(client.receive(expected.size()) == expected);
  EXPECT_EQ(client.ask(kHead, 1), "H");
}

TEST_P(Answers, PipelinedRequestsWithMoreThanTheSocketHolds) {
  start({"--body", "1000000"});
  Client client = connect();
  client.send(repeated(kGet, 15) + std::string(kGetAndClose));
  std::this_thread::sleep_for(20ms);
  EXPECT_TRUE(client.receive_to_end() ==
              repeated(reply("", 1'000'000), 15) + reply(kClose, 1'000'000));
}

TEST_P(Answers, WithTheSameBytesWhenItIsAnEcho) {
  start({"--protocol", "echo"});
  Client client = connect();
  EXPECT_EQ(client.ask("hello", 5), "hello");
  client.send_byte_by_byte("one at a time");
  EXPECT_EQ(client.receive(13), "one at a time");
}

TEST_P(Answers, WithAsManyBytesAsComeWhenItIsAnEcho) {
  start({"--protocol", "echo"});
  Client client = connect();
  const std::string bytes = repeated("0123456789abcdef\n", 200'000);
  // Whoever only sends, and only then reads, may wait for ever.
  const std::jthread sender([&] {
    client.send_what_is_taken(bytes);
    client.half_close();
  });
  EXPECT_TRUE(client.receive_to_end() == bytes);
}

TEST_P(Answers, AfterItsWork) {
  for (const std::string work : {"sleep:20ms", "spin:2ms"}) {
    start({"--work", work});
    EXPECT_EQ(all_answers_to(std::string(kGet) + std::string(kGetAndClose)),
              reply() + reply(kClose));
    stop(SIGTERM);
    expect_good_end();
  }
}

TEST_P(Answers, OneConnectionAfterTheOther) {
  start();
  for (int i = 0; i < 16; ++i) {
    EXPECT_EQ(all_answers_to(kGetAndClose), reply(kClose));
  }
}

INSTANTIATE_TEST_SUITE_P(Models, Answers, testing::ValuesIn(sound_models()),
                         name_of);

}  // namespace
}  // namespace sockmark
