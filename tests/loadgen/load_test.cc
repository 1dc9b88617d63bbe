#include "loadgen/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>

#include "loadgen/verdict.h"
#include "tests/loadgen/failure.h"
#include "tests/loadgen/ledger.h"
#include "tests/loadgen/scripted_server.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string kReply = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

class LoadTest : public testing::Test {
 protected:
  LoadTest() {
    spec_.target.host = "127.0.0.1";
    spec_.connections = 10;
    spec_.duration = 300ms;
  }

  Tally run(std::uint16_t port) {
    spec_.target.port = port;
    const Tally tally = run_load(spec_, stop_);
    expect_ledger_adds_up(tally);
    return tally;
  }

  Tally run_against(ScriptedServer::Script script) {
    const ScriptedServer server(std::move(script));
    return run(server.port());
  }

  LoadSpec spec_;
  std::atomic<bool> stop_ = false;
};

TEST_F(LoadTest, SumsWhatItsThreadsCount) {
  spec_.threads = 3;
  const Tally tally = run_against(answers(kReply));
  EXPECT_GT(tally.completed, 0);
  EXPECT_EQ(tally.errors.total(), 0);
  EXPECT_EQ(tally.connections_opened, 10);
  EXPECT_EQ(tally.connections_served, 10);
  EXPECT_LE(tally.connections_average, 10);
  EXPECT_GE(tally.measured, 300'000'000);
}

TEST_F(LoadTest, DividesRequestsAmongThreadsWithoutLosingAny) {
  spec_.threads = 4;
  spec_.requests = 103;
  spec_.duration = 10s;
  const Tally tally = run_against(answers(kReply));
  EXPECT_EQ(tally.started, 103);
  EXPECT_EQ(tally.completed, 103);
  EXPECT_EQ(tally.connections_opened, 10);
}

TEST_F(LoadTest, AgreesWithTheServerOnAllThatWasEverDone) {
  spec_.threads = 3;
  spec_.warmup = 50ms;
  spec_.requests = 100;
  spec_.duration = 10s;
  std::atomic<std::uint64_t> accepted = 0;
  std::atomic<std::uint64_t> answered = 0;
  const Tally tally = run_against([&](Peer& peer) {
    ++accepted;
    while (peer.read_request()) {
      ++answered;
      peer.send(kReply);
    }
  });
  EXPECT_EQ(tally.completed, 100);
  EXPECT_EQ(tally.lifetime.answers, answered);
  EXPECT_EQ(tally.lifetime.requests_started, answered);
  EXPECT_EQ(tally.lifetime.connections_opened, accepted)
      << "with the one that looks whether somebody is there";
}

TEST_F(LoadTest, MakesNoMoreRequestsThanAskedForByManyThreads) {
  spec_.threads = 4;
  spec_.requests = 3;
  EXPECT_EQ(run_against(answers(kReply)).started, 3);
}

// As in `loadgen -n 10 URL`, with the default of 64 connections.
TEST_F(LoadTest, FindsNothingWrongWithFewerRequestsThanConnections) {
  spec_.connections = 64;
  spec_.requests = 10;
  const Tally tally = run_against(answers(kReply));
  EXPECT_EQ(tally.completed, 10);
  EXPECT_THAT(judge(spec_, tally, false).reasons,
              testing::Not(testing::Contains(HasSubstr("connections"))));
}

TEST_F(LoadTest, KeepsCountInEveryThreadOfAFailingServer) {
  spec_.threads = 3;
  spec_.timeout = 30ms;
  std::atomic<int> accepted = 0;
  const Tally tally = run_against([&](Peer& peer) {
    switch (accepted++ % 4) {
      case 0:
        return peer.hang();
      case 1:
        if (peer.read_request()) peer.reset();
        return;
      case 2:
        return answers(kReply)(peer);
      default:
        return answers_once("HTTP/1.1 500 Oh\r\n\r\n")(peer);
    }
  });
  EXPECT_GT(tally.errors.timeout, 0);
  EXPECT_GT(tally.errors.reset, 0);
  EXPECT_GT(tally.errors.status, 0);
  EXPECT_GT(tally.completed, 0);
}

TEST_F(LoadTest, SaysWhereNobodyListensAndWhatToDo) {
  const std::uint16_t port = closed_port();
  EXPECT_THAT(
      failure_of<std::runtime_error>([&] { run(port); }),
      testing::AllOf(
          HasSubstr("cannot connect to 127.0.0.1:" + std::to_string(port)),
          HasSubstr("Connection refused"), HasSubstr("is the server running")));
}

TEST_F(LoadTest, SaysThatDescriptorsAreTooFew) {
  const ScriptedServer server(answers(kReply));
  spec_.connections = 1'000'000'000;
  EXPECT_THAT(failure_of<std::runtime_error>([&] { run(server.port()); }),
              HasSubstr("ulimit -n"));
}

// A name may have several addresses, and the server listens on one of them.
TEST_F(LoadTest, FindsAServerByAnyAddressOfItsName) {
  const ScriptedServer server(answers(kReply));
  spec_.target.host = "localhost";
  spec_.requests = 10;
  EXPECT_EQ(run(server.port()).completed, 10);
}

}  // namespace
}  // namespace sockmark
