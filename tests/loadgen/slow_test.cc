#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "tests/loadgen/verb_fixture.h"
#include "tests/servers/running_server.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

nlohmann::json add_up(nlohmann::json report) {
  expect_connections_add_up(report);
  const auto& requests = report["requests"];
  int sum = 0;
  for (const auto* const name :
       {"answered", "rejected", "cut_off", "in_flight"}) {
    sum += requests[name].get<int>();
  }
  EXPECT_EQ(requests["started"], sum);
  return report;
}

TEST(Slow, SendsOneRequestAfterAnother) {
  std::atomic<int> answered = 0;
  const ScriptedServer server([&](Peer& peer) {
    while (peer.read_request()) {
      peer.send(kReply);
      ++answered;
    }
  });
  RunningVerb slow({"slow", "-c", "3", "--send-every", "1ms", "-d", "1m",
                    url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return answered >= 9; }));
  const auto report = add_up(slow.interrupt());
  EXPECT_GE(report["requests"]["whole"], 9);
  EXPECT_GE(report["requests"]["answered"], 9 - 3);
  EXPECT_EQ(report["connections"]["established"], 3) << "not kept alive";
}

TEST(Slow, SendsNoMoreThanAByteAtATime) {
  std::atomic<int> whole = 0;
  const ScriptedServer server([&](Peer& peer) {
    if (peer.read_request()) ++whole;
  });
  const auto report = add_up(report_of({"slow", "-c", "3", "--send-every", "1m",
                                        "-d", "100ms", url_of(server.port())}));
  EXPECT_EQ(report["requests"]["started"], 3);
  EXPECT_EQ(report["requests"]["whole"], 0);
  EXPECT_EQ(report["requests"]["in_flight"], 3);
  EXPECT_EQ(whole, 0);
}

TEST(Slow, ReadsOneReplyAfterAnother) {
  std::atomic<int> asked = 0;
  const ScriptedServer server([&](Peer& peer) {
    while (peer.read_request()) {
      peer.send(kReply);
      ++asked;
    }
  });
  RunningVerb slow({"slow", "-c", "3", "--read-every", "1ms", "-d", "1m",
                    url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return asked >= 9; }));
  const auto report = add_up(slow.interrupt());
  EXPECT_GE(report["requests"]["answered"], 9 - 3);
  EXPECT_EQ(report["connections"]["established"], 3) << "not kept alive";
}

// They are more than the kernel holds for a reader with a small buffer.
TEST(Slow, MakesAServerWaitToSend) {
  constexpr std::size_t kBodyBytes = 32'000'000;
  const std::string reply =
      "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(kBodyBytes) +
      "\r\n\r\n" + std::string(kBodyBytes, 'x');
  std::atomic<int> asked = 0;
  std::atomic<int> sent = 0;
  const ScriptedServer server([&](Peer& peer) {
    if (!peer.read_request()) return;
    ++asked;
    peer.send(reply);
    ++sent;
  });
  RunningVerb slow({"slow", "-c", "2", "--read-every", "1ms", "-d", "1m",
                    url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return asked == 2; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(sent, 0);
  const auto report = add_up(slow.interrupt());
  EXPECT_EQ(report["requests"]["answered"], 0);
  EXPECT_EQ(report["requests"]["in_flight"], 2);
}

TEST(Slow, CountsWhatAnEchoSendsBack) {
  RunningServer server({kServer, "--protocol", "echo"});
  for (const std::string pace : {"--send-every", "--read-every"}) {
    const auto report =
        add_up(report_of({"slow", "-c", "2", pace, "1ms", "-d", "1s",
                          url_of(server.port(), "echo")}));
    EXPECT_GT(report["requests"]["answered"], 0) << pace;
    EXPECT_EQ(report["connections"]["open_at_end"], 2) << pace;
  }
}

TEST(Slow, IsCutOffByAServerThatDoesNotWait) {
  RunningServer server({kServer, "--idle-timeout", "50ms"});
  const auto report = add_up(report_of({"slow", "-c", "3", "--send-every", "1m",
                                        "-d", "1m", url_of(server.port())}));
  EXPECT_EQ(report["requests"]["cut_off"], 3);
  EXPECT_EQ(report["ended_after_ns"]["count"], 3);
  EXPECT_GT(report["ended_after_ns"]["min"], 0);
  EXPECT_THAT(report["notes"].dump(),
              HasSubstr("the last connection had gone"));
}

TEST(Slow, IsCutOffByResets) {
  for (const std::string pace : {"--send-every", "--read-every"}) {
    const ScriptedServer server([](Peer& peer) { peer.reset(); });
    const auto report = add_up(report_of(
        {"slow", "-c", "3", pace, "1ms", "-d", "1m", url_of(server.port())}));
    EXPECT_EQ(report["requests"]["cut_off"], 3) << pace;
    EXPECT_EQ(report["connections"]["reset"], 3) << pace;
  }
}

TEST(Slow, IsRejectedByAnAnswerThatDoesNotWaitForTheRequest) {
  for (const std::string status : {"408 Request Timeout", "200 OK"}) {
    const ScriptedServer server([&](Peer& peer) {
      peer.send("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
      peer.hang();
    });
    const auto report =
        add_up(report_of({"slow", "-c", "3", "--send-every", "1m", "-d", "1m",
                          url_of(server.port())}));
    EXPECT_EQ(report["requests"]["rejected"], 3) << status;
    EXPECT_EQ(report["requests"]["whole"], 0) << status;
    EXPECT_EQ(report["ended_after_ns"]["count"], 3) << status;
  }
}

TEST(Slow, EndsWithTheConnectionsThatAreNotKeptAlive) {
  RunningServer server({kServer, "--keep-alive", "off"});
  for (const std::string pace : {"--send-every", "--read-every"}) {
    const auto report = add_up(report_of(
        {"slow", "-c", "3", pace, "1ms", "-d", "1m", url_of(server.port())}));
    EXPECT_EQ(report["requests"]["answered"], 3) << pace;
    EXPECT_EQ(report["connections"]["closed_by_client"], 3) << pace;
  }
}

TEST(Slow, FailsWhereNobodyListens) {
  const auto report = add_up(report_of(
      {"slow", "-c", "3", "--send-every", "1s", url_of(closed_port())}, 1));
  EXPECT_EQ(report["connections"]["refused"], 3);
}

TEST(Slow, NeedsDescriptors) {
  expect_to_need_descriptors({"slow", "-c", "100", "--send-every", "1s"});
}

TEST(Slow, EitherSendsOrReadsSlowly) {
  for (const Words& pace :
       {Words{}, Words{"--send-every", "1s", "--read-every", "1s"},
        Words{"--send-every", "0s"}}) {
    const Ran ran =
        run_to_end(loadgen_argv(joined({"slow", "-c", "3", url_of(1)}, pace)));
    EXPECT_EQ(ran.status, 2) << testing::PrintToString(pace);
    EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
  }
}

}  // namespace
}  // namespace sockmark
