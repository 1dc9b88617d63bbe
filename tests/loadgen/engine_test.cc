// The engine against servers that behave, each in its way.
#include <gtest/gtest.h>

#include <chrono>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "loadgen/engine_uring.h"
#include "loadgen/request.h"
#include "tests/loadgen/engine_fixture.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;

TEST_P(EngineTest, CountsExactlyWhatItAskedFor) {
  spec_.requests = 200;
  const Tally tally = run_against(answers(kReply));
  expect_all_complete(tally);
  EXPECT_EQ(tally.bytes_sent, 200 * build_request(spec_).size());
  EXPECT_EQ(tally.bytes_received, 200 * kReply.size());
  EXPECT_EQ(tally.connections_opened, connections());
  EXPECT_EQ(tally.connections_open, connections());
  EXPECT_EQ(tally.connections_served, connections());
  EXPECT_EQ(tally.connect.count(), connections());
  // io_uring times a send now and then.
  const std::uint64_t timed = tally.send.count();
  EXPECT_GE(timed, GetParam() == EngineKind::epoll ? 200 : 1);
  EXPECT_EQ(tally.first_byte.count(), timed);
}

TEST_P(EngineTest, RunsForAsLongAsItWasTold) {
  spec_.duration = 100ms;
  const Tally tally = run_against(answers(kReply));
  EXPECT_GE(tally.measured, 99'000'000);
  EXPECT_GT(tally.completed, 0);
  EXPECT_EQ(tally.errors.total(), 0);
  EXPECT_LE(tally.in_flight, connections());
  EXPECT_GT(tally.generator.cpu, 0);
  EXPECT_LE(tally.generator.cpu, tally.measured);
  EXPECT_GT(tally.connections_average, 0);
  EXPECT_LE(tally.connections_average, connections());
}

TEST_P(EngineTest, AddsTheSeriesUpToTheWhole) {
  spec_.duration = 250ms;
  const Tally tally = run_against(answers(kReply));
  std::uint64_t completed = 0;
  for (const Interval& slice : tally.series) completed += slice.completed;
  EXPECT_EQ(completed, tally.completed);
  EXPECT_GE(tally.series.size(), 3);
}

TEST_P(EngineTest, PutsRepliesInPiecesTogether) {
  spec_.requests = 20;
  const Tally tally = run_against([](Peer& peer) {
    while (peer.read_request()) {
      for (const std::string_view piece :
           {"HTTP/1.1 200 OK\r\nContent-", "Length: 5\r\n\r", "\nhel", "lo"}) {
        peer.send(piece);
        std::this_thread::sleep_for(1ms);
      }
    }
  });
  expect_all_complete(tally);
  EXPECT_GE(tally.total.min(), 3'000'000);
  EXPECT_LE(tally.first_byte.min(), tally.total.min());
}

TEST_P(EngineTest, ReadsRepliesLargerThanItsBuffer) {
  spec_.requests = 20;
  const std::string body(300'000, 'x');
  spec_.expect_body = body;
  const Tally tally = run_against(
      answers("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + body));
  expect_all_complete(tally);
}

// Nobody asks for the bytes: most are dropped unread, and all are counted.
TEST_P(EngineTest, CountsLargeRepliesThatItNeedNotRead) {
  spec_.requests = 40;
  const std::string reply =
      "HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" +
      std::string(300'000, 'x');
  const Tally tally = run_against(answers(reply));
  expect_all_complete(tally);
  EXPECT_EQ(tally.bytes_received, 40 * reply.size());
  EXPECT_EQ(tally.connections_opened, connections());
}

TEST_P(EngineTest, CountsLargeRepliesOnConnectionsThatClose) {
  spec_.requests = 40;
  const std::string head =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 300000\r\n\r\n";
  const Tally tally =
      run_against(answers_once(head + std::string(300'000, 'x')));
  expect_all_complete(tally);
  EXPECT_EQ(tally.bytes_received, 40 * (head.size() + 300'000));
}

TEST_P(EngineTest, FailsOnALargeReplyThatIsCutShort) {
  spec_.requests = 20;
  const Tally tally = run_against(
      answers_once("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" +
                   std::string(200'000, 'x')));
  EXPECT_EQ(tally.errors.closed, 20);
  EXPECT_EQ(tally.causes.closed_in_reply, 20);
}

TEST_P(EngineTest, KeepsManyRequestsOnAConnection) {
  spec_.pipeline = 8;
  spec_.requests = 800;
  const Tally tally = run_against(answers(kReply));
  expect_all_complete(tally);
  EXPECT_EQ(tally.connections_opened, connections());
}

TEST_P(EngineTest, TakesTheSameBytesForAnEcho) {
  spec_.target.protocol = Protocol::echo;
  for (const std::size_t bytes : {1U, 64U, 200'000U}) {
    spec_.message_bytes = bytes;
    spec_.requests = 40;
    const Tally tally = run_against([](Peer& peer) { peer.echo(); });
    expect_all_complete(tally);
    EXPECT_EQ(tally.bytes_sent, 40 * bytes);
    EXPECT_EQ(tally.bytes_received, 40 * bytes);
  }
}

TEST_P(EngineTest, MakesAConnectionForEachMessageInCloseMode) {
  spec_.target.protocol = Protocol::echo;
  spec_.close = true;
  spec_.requests = 40;
  const Tally tally = run_against([](Peer& peer) { peer.echo(); });
  expect_all_complete(tally);
  EXPECT_EQ(tally.connections_opened, 40);
}

TEST_P(EngineTest, TakesOtherBytesForAWrongEcho) {
  spec_.target.protocol = Protocol::echo;
  spec_.requests = 20;
  const Tally tally = run_against([](Peer& peer) { peer.send("no echo"); });
  EXPECT_EQ(tally.errors.body + tally.errors.closed + tally.errors.reset, 20);
  EXPECT_GT(tally.errors.body, 0);
}

TEST_P(EngineTest, MakesTheRequestsOfAnOpenLoop) {
  spec_.requests = 100;
  spec_.rate = parse_rate_profile("2k").with_duration(spec_.duration.count());
  for (const bool close : {false, true}) {
    spec_.close = close;
    spec_.max_connections = 100;
    const Tally tally =
        run_against(close ? answers_once(kReplyAndClose) : answers(kReply));
    expect_all_complete(tally);
    EXPECT_EQ(tally.open_loop.lateness.count() + tally.open_loop.queued, 100);
  }
}

// From as many addresses as there are: each connection has another.
TEST_P(EngineTest, SpreadsItsConnectionsOverTheLoopback) {
  spec_.close = true;
  spec_.requests = 40;
  std::mutex mutex;
  std::set<std::string> addresses;
  run_against([&](Peer& peer) {
    {
      const std::lock_guard lock(mutex);
      addresses.insert(peer.address());
    }
    answers_once(kReplyAndClose)(peer);
  });
  EXPECT_EQ(addresses.size(), 40);
}

TEST_P(EngineTest, ReconnectsToAServerThatSaysItCloses) {
  spec_.requests = 40;
  const Tally tally = run_against(answers_once(kReplyAndClose));
  expect_all_complete(tally);
  EXPECT_EQ(tally.connections_opened, 40);
  EXPECT_EQ(tally.closed_by_client, 0);
}

TEST_P(EngineTest, CompletesBodiesThatEndWithTheConnection) {
  spec_.requests = 40;
  const Tally tally = run_against(answers_once(kReplyToTheEnd));
  expect_all_complete(tally);
  EXPECT_EQ(tally.connections_opened, 40);
  EXPECT_EQ(tally.closed_by_server, 40);
}

TEST_P(EngineTest, ConnectsForEachRequestInCloseMode) {
  spec_.close = true;
  spec_.requests = 40;
  const Tally tally = run_against(answers(kReply));
  expect_all_complete(tally);
  EXPECT_EQ(tally.connections_opened, 40);
  EXPECT_EQ(tally.closed_by_client, 40);
  EXPECT_EQ(tally.connect.count(), 40);
  EXPECT_GT(tally.connect.min(), 0);
  EXPECT_NEAR(tally.total.mean(), tally.service.mean() + tally.connect.mean(),
              1)
      << "the latency lacks the connect";
}

TEST_P(EngineTest, ReplacesAConnectionWithBytesBehindTheReply) {
  spec_.requests = 20;
  const Tally tally = run_against(answers(kReply + "surplus"));
  expect_all_complete(tally);
  EXPECT_EQ(tally.connections_opened, 20);
  EXPECT_EQ(tally.closed_by_client, 20);
}

TEST_P(EngineTest, LeavesTheWarmUpOut) {
  spec_.warmup = 100ms;
  spec_.duration = 100ms;
  std::atomic<std::uint64_t> answered = 0;
  const Tally tally = run_against([&](Peer& peer) {
    while (peer.read_request()) {
      std::this_thread::sleep_for(1ms);
      peer.send(kReply);
      ++answered;
    }
  });
  EXPECT_GT(tally.completed, 0);
  EXPECT_GT(answered, tally.completed + connections());
  EXPECT_EQ(tally.total.count(), tally.completed);
  EXPECT_LT(tally.measured, 10 * std::chrono::nanoseconds(100ms).count());
  EXPECT_EQ(tally.connections_opened, connections()) << "opened before";
  EXPECT_EQ(tally.connect.count(), 0);
}

// With the warm-up, and with replies that are not the expected ones.
TEST_P(EngineTest, AgreesWithTheServerOnAllThatWasEverDone) {
  spec_.warmup = 50ms;
  spec_.requests = 100;
  spec_.expect_status = 200;
  const std::string not_found =
      "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nhello";
  for (const bool close : {false, true}) {
    spec_.close = close;
    std::atomic<std::uint64_t> accepted = 0;
    std::atomic<std::uint64_t> answered = 0;
    const Tally tally = run_against([&](Peer& peer) {
      ++accepted;
      while (peer.read_request()) {
        peer.send(answered++ % 3 == 0 ? not_found : kReply);
        if (close) return;
      }
    });
    EXPECT_EQ(tally.started, 100);
    EXPECT_GT(tally.errors.status, 0);
    EXPECT_EQ(tally.lifetime.answers, answered);
    EXPECT_EQ(tally.lifetime.requests_started, answered);
    EXPECT_EQ(tally.lifetime.connections_opened, accepted);
  }
}

TEST_P(EngineTest, DiffersFromTheServerByWhatIsInFlightAtTheEnd) {
  spec_.warmup = 20ms;
  spec_.duration = 50ms;
  spec_.pipeline = 4;
  std::atomic<std::uint64_t> answered = 0;
  const Tally tally = run_against([&](Peer& peer) {
    while (peer.read_request()) {
      ++answered;
      peer.send(kReply);
    }
  });
  EXPECT_GT(tally.lifetime.answers, 0);
  EXPECT_LE(tally.lifetime.answers, answered);
  EXPECT_LE(answered, tally.lifetime.requests_started);
  EXPECT_EQ(tally.lifetime.requests_started,
            tally.lifetime.answers + tally.in_flight);
  EXPECT_LE(tally.in_flight, 4 * connections());
}

TEST_P(EngineTest, CountsRequestsFromTheEndOfTheWarmUp) {
  spec_.warmup = 50ms;
  spec_.requests = 100;
  expect_all_complete(run_against(answers(kReply)));
}

TEST_P(EngineTest, EndsWhenItIsStopped) {
  stop_ = true;
  const Tally tally = run_against([](Peer& peer) { peer.hang(); });
  EXPECT_EQ(tally.completed, 0);
}

TEST_P(EngineTest, EndsWhenItIsStoppedInTheWarmUp) {
  spec_.warmup = kPatience;
  std::jthread stopping([this] {
    std::this_thread::sleep_for(50ms);
    stop_ = true;
  });
  const Tally tally = run_against([](Peer& peer) { peer.hang(); });
  EXPECT_EQ(tally.started, connections());
  EXPECT_EQ(tally.in_flight, connections());
}

// As on kernels that cannot make sockets in the ring.
class OlderUring : public EngineTest {
 protected:
  std::unique_ptr<Engine> make(const Address& address,
                               std::uint32_t count) override {
    return std::make_unique<UringEngine>(spec_, address, 0, count,
                                         UringEngine::SetUp::outside_the_ring);
  }
};

TEST_P(OlderUring, ConnectsForEachRequest) {
  if (GetParam() != EngineKind::uring) GTEST_SKIP() << "another engine";
  spec_.close = true;
  spec_.requests = 40;
  expect_all_complete(run_against(answers_once(kReplyAndClose)));
  expect_all_complete(run_against(answers(kReply)));
}

INSTANTIATE_TEST_SUITE_P(Behaving, OlderUring, testing::ValuesIn(engines()),
                         name_of);

INSTANTIATE_TEST_SUITE_P(Behaving, EngineTest, testing::ValuesIn(engines()),
                         name_of);

}  // namespace
}  // namespace sockmark
