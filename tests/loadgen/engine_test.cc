// The engine against servers that behave, each in its way.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

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

INSTANTIATE_TEST_SUITE_P(Behaving, EngineTest, testing::ValuesIn(engines()),
                         name_of);

}  // namespace
}  // namespace sockmark
