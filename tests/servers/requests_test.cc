// Requests as they come from strangers, and the bytes they are answered with.
#include <thread>

#include "tests/lib/replies.h"
#include "tests/servers/server_test.h"

namespace sockmark {
namespace {

using namespace std::literals;

class Requests : public ServerTest {
 protected:
  // On a connection of its own, which the server has to close.
  std::string all_answers_to(std::string_view request) {
    Client client = connect();
    client.send(request);
    return client.receive_to_end();
  }
};

TEST_P(Requests, MayBeSplitAnywhere) {
  start();
  Client client = connect();
  for (std::size_t first = 1; first < kGet.size(); ++first) {
    client.send(kGet.substr(0, first));
    std::this_thread::sleep_for(1ms);
    EXPECT_EQ(client.ask(kGet.substr(first), reply().size()), reply());
  }
}

TEST_P(Requests, MayShareASegment) {
  start();
  for (const int count : {3, 16}) {
    EXPECT_EQ(
        all_answers_to(repeated(kGet, count - 1) + std::string(kGetAndClose)),
        repeated(reply(), count - 1) + reply(kClose));
  }
}

TEST_P(Requests, MayBeWrittenCarelessly) {
  start();
  Client client = connect();
  for (const std::string_view request :
       {"GET / HTTP/1.1\nHost: h\n\n"sv,
        "\r\n\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"sv,
        "GET / HTTP/1.1\r\nhost:h\r\n\r\n"sv}) {
    EXPECT_EQ(client.ask(request, reply().size()), reply());
  }
  EXPECT_EQ(client.ask("GET / HTTP/1.1\r\nhost: h\r\nconnection: CLOSE\r\n\r\n",
                       reply(kClose).size() + 1),
            reply(kClose));
}

TEST_P(Requests, MayNotBeAmbiguous) {
  start();
  for (const std::string_view request :
       {"GET / HTTP/1.1\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"sv,
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n"sv}) {
    EXPECT_EQ(all_answers_to(request), refusal("400 Bad Request"));
  }
}

TEST_P(Requests, MayHaveAHeadOfEightKibibytesAndNoMore) {
  start();
  const std::string start_of_head = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
  const std::string end_of_head = "\r\n\r\n";
  const std::string filling(8192 - start_of_head.size() - end_of_head.size(),
                            'x');
  Client client = connect();
  EXPECT_EQ(client.ask(start_of_head + filling + end_of_head, reply().size()),
            reply());
  EXPECT_EQ(client.ask(start_of_head + filling + "x" + end_of_head, 1000),
            refusal("431 Request Header Fields Too Large"));
}

INSTANTIATE_TEST_SUITE_P(Models, Requests, testing::ValuesIn(sound_models()),
                         name_of);

}  // namespace
}  // namespace sockmark
