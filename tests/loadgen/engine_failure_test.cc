// The engine against servers that do not behave.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>

#include "tests/loadgen/engine_fixture.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;

TEST_P(EngineTest, CountsAResetInsteadOfAReply) {
  expect_all(&Errors::reset, [](Peer& peer) {
    if (peer.read_request()) peer.reset();
  });
}

// It was accepted: that is no failure to connect.
TEST_P(EngineTest, CountsAResetRightAfterTheAcceptAsOne) {
  const Tally tally =
      expect_all(&Errors::reset, [](Peer& peer) { peer.reset(); });
  EXPECT_EQ(tally.connections_opened, 20);
}

TEST_P(EngineTest, CountsACloseInsteadOfAReply) {
  expect_all(&Errors::closed, [](Peer& peer) { peer.read_request(); });
}

TEST_P(EngineTest, CountsACloseInTheMiddleOfAReply) {
  const Tally tally =
      expect_all(&Errors::closed, answers_once(kReply.substr(0, 40)));
  EXPECT_EQ(tally.closed_by_server, 20);
}

TEST_P(EngineTest, CountsGarbage) {
  const Tally tally = expect_all(&Errors::parse, answers("hello\r\n"));
  EXPECT_EQ(tally.closed_by_client, 20);
}

TEST_P(EngineTest, CountsAWrongStatusAndKeepsTheConnection) {
  const Tally tally = expect_all(
      &Errors::status,
      answers("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_EQ(tally.connections_opened, connections());
  EXPECT_EQ(tally.total.count(), 0);
}

TEST_P(EngineTest, CountsAWrongBodyAndKeepsTheConnection) {
  spec_.expect_body = "Hello";
  const Tally tally = expect_all(&Errors::body, answers(kReply));
  EXPECT_EQ(tally.connections_opened, connections());
}

// On a busy machine some may take as long to connect.
TEST_P(EngineTest, GivesUpOnAServerThatHangs) {
  spec_.timeout = 50ms;
  spec_.duration = 500ms;
  const Tally tally = run_against([](Peer& peer) { peer.hang(); });
  EXPECT_GE(tally.errors.timeout, connections());
  EXPECT_EQ(tally.errors.timeout + tally.errors.connect, tally.errors.total());
  EXPECT_EQ(tally.completed, 0);
  EXPECT_EQ(tally.closed_by_client, tally.errors.timeout);
}

TEST_P(EngineTest, GivesUpOnAReplyThatNeverEnds) {
  spec_.timeout = 50ms;
  spec_.duration = 500ms;
  const Tally tally = run_against([](Peer& peer) {
    while (peer.read_request()) peer.send(kReply.substr(0, 40));
  });
  EXPECT_GE(tally.errors.timeout, connections());
  EXPECT_EQ(tally.errors.timeout + tally.errors.connect, tally.errors.total());
}

TEST_P(EngineTest, BacksOffFromAPortThatRefuses) {
  spec_.duration = 200ms;
  const Tally tally = run_on_port(closed_port());
  EXPECT_GE(tally.errors.connect, connections());
  EXPECT_LE(tally.errors.connect, 200) << "it hammers the server";
  EXPECT_EQ(tally.errors.connect, tally.errors.total());
  EXPECT_EQ(tally.connections_opened, 0);
}

TEST_P(EngineTest, GoesOnWhenTheServerStopsAccepting) {
  spec_.duration = 200ms;
  std::atomic<int> answered = 0;
  std::atomic<ScriptedServer*> self = nullptr;
  ScriptedServer server([&](Peer& peer) {
    if (!peer.read_request()) return;
    if (++answered == 10) self.load()->stop_accepting();
    peer.send(kReplyAndClose);
  });
  self = &server;
  const Tally tally = run_on_port(server.port());
  EXPECT_GE(tally.completed, 10);
  EXPECT_GT(tally.errors.connect, 0);
}

INSTANTIATE_TEST_SUITE_P(Misbehaving, EngineTest, testing::ValuesIn(engines()),
                         name_of);

}  // namespace
}  // namespace sockmark
