// Clients that stay, leave in the middle, break off, or come together.
#include <thread>

#include "tests/lib/replies.h"
#include "tests/servers/server_test.h"

namespace sockmark {
namespace {

using namespace std::literals;

constexpr std::string_view kHalfARequest = "GET / HTTP/1.1\r\nHo";
constexpr int kTimes = 10;

class Clients : public ServerTest {
 protected:
  // After a first answer, so that what is made once is there.
  std::size_t footprint_of_started(const std::vector<std::string>& options) {
    RunningServer& server = start(options);
    EXPECT_EQ(connect().ask(kHead, 1), "H");
    return server.settled_footprint();
  }

  // The server has forgotten all clients, and is there for the next.
  void expect_recovery(std::size_t footprint) {
    EXPECT_EQ(connect().ask(kHead, 1), "H");
    EXPECT_TRUE(server_->shrinks_back_to(footprint))
        << server_->settled_footprint() << " left of " << footprint;
  }
};

TEST_P(Clients, AreAnsweredAfterTheyHalfClosed) {
  start();
  Client client = connect();
  client.send(repeated(kGet, 3));
  client.half_close();
  EXPECT_EQ(client.receive_to_end(), repeated(reply(), 3));
}

TEST_P(Clients, AreAnsweredInFullAfterTheyHalfClosed) {
  start({"--body", "10000000"});
  Client client(server_->port(), 32 * 1024);
  client.send(kGet);
  client.half_close();
  std::this_thread::sleep_for(20ms);
  EXPECT_TRUE(client.receive_to_end() == reply("", 10'000'000));
}

TEST_P(Clients, AreDroppedWhenTheyHalfCloseWithinARequest) {
  const std::size_t before = footprint_of_started({});
  for (int i = 0; i < kTimes; ++i) {
    Client client = connect();
    client.send(kHalfARequest);
    client.half_close();
    EXPECT_EQ(client.receive_to_end(), "");
  }
  expect_recovery(before);
}

TEST_P(Clients, MayResetBeforeTheyAreAccepted) {
  const std::size_t before = footprint_of_started({});
  server_->signal(SIGSTOP);  // so that all of them are still waiting
  for (int i = 0; i < kTimes; ++i) {
    Client client = connect();
    client.send(kGet);
    client.reset();
  }
  server_->signal(SIGCONT);
  expect_recovery(before);
}

TEST_P(Clients, MayResetWithinARequest) {
  const std::size_t before = footprint_of_started({});
  for (int i = 0; i < kTimes; ++i) {
    Client client = connect();
    EXPECT_EQ(client.ask(kGet, reply().size()), reply());
    client.send(kHalfARequest);
    client.reset();
  }
  expect_recovery(before);
}

TEST_P(Clients, MayResetWithinAReply) {
  const std::size_t before = footprint_of_started({"--body", "10000000"});
  for (int i = 0; i < kTimes; ++i) {
    Client client = connect();
    EXPECT_EQ(client.ask(kGet, 1000).size(), 1000);
    client.reset();
  }
  expect_recovery(before);
}

// Unlike the reset alone, this one ends in EPIPE, which can end the server.
TEST_P(Clients, MayHalfCloseAndThenResetWithinAReply) {
  const std::size_t before = footprint_of_started({"--body", "10000000"});
  for (int i = 0; i < kTimes; ++i) {
    Client client = connect();
    client.send(kGet);
    client.half_close();
    EXPECT_EQ(client.receive(1000).size(), 1000);
    client.reset();
  }
  expect_recovery(before);
}

TEST_P(Clients, MayLeaveWithoutAWord) {
  const std::size_t before = footprint_of_started({});
  for (int i = 0; i < kTimes; ++i) connect().close();
  expect_recovery(before);
}

TEST_P(Clients, WaitTheirTurnAndAreAnswered) {
  start();
  Client idle = connect();
  EXPECT_EQ(idle.ask(kGet, reply().size()), reply());
  Client next = connect();
  next.send(kGet);
  idle.close();
  EXPECT_EQ(next.receive(reply().size()), reply());
}

TEST_P(Clients, DoNotWaitForOneThatIsIdle) {
  if (!GetParam().side_by_side()) GTEST_SKIP() << "they have to";
  start();
  Client idle = connect();
  EXPECT_EQ(idle.ask(kGet, reply().size()), reply());
  for (int i = 0; i < kTimes; ++i) {
    EXPECT_EQ(connect().ask(kGet, reply().size()), reply());
  }
  EXPECT_EQ(idle.ask(kGet, reply().size()), reply());
}

TEST_P(Clients, DoNotWaitForOneThatDoesNotRead) {
  if (!GetParam().side_by_side()) GTEST_SKIP() << "they have to";
  start({"--body", "10000000"});
  Client stalled(server_->port(), 32 * 1024);
  stalled.send(kGet);
  EXPECT_TRUE(stalled.hears_within(kPatience));
  for (int i = 0; i < kTimes; ++i) {
    EXPECT_EQ(connect().ask(kHead, 1), "H");
  }
  const std::string expected = reply("", 10'000'000);
  EXPECT_TRUE(stalled.receive(expected.size()) == expected);
}

TEST_P(Clients, MayBeManyAtOnce) {
  if (!GetParam().unlimited()) GTEST_SKIP() << "it has a fixed number";
  const std::size_t before = footprint_of_started({});
  std::vector<Client> clients;
  for (int i = 0; i < 100; ++i) clients.push_back(connect());
  for (Client& client : clients) client.send(kHalfARequest);
  for (Client& client : clients) {
    client.send(kGet.substr(kHalfARequest.size()));
  }
  for (Client& client : clients) {
    EXPECT_EQ(client.receive(reply().size()), reply());
  }
  clients.clear();
  expect_recovery(before);
}

// A client may pipeline without knowing that the server keeps no connection.
// To close over what it sent is to reset, and that cuts off the reply, which is
// still on its way: it is larger than all buffers.
TEST_P(Clients, GetAWholeReplyWhenMoreRequestsComeThanAreAnswered) {
  start({"--keep-alive", "off", "--body", "10000000"});
  Client client(server_->port(), 32 * 1024);
  client.send(kGet);
  EXPECT_TRUE(client.hears_within(kPatience));
  client.send(kGet);
  const std::string expected = reply(kClose, 10'000'000);
  EXPECT_TRUE(client.receive(expected.size()) == expected);
}

INSTANTIATE_TEST_SUITE_P(Models, Clients, testing::ValuesIn(sound_models()),
                         name_of);

}  // namespace
}  // namespace sockmark
