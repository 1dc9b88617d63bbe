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
  int failed = 0;
  for (const auto& error : requests["errors"]) failed += error.get<int>();
  EXPECT_EQ(requests["started"], requests["answered"].get<int>() +
                                     requests["in_flight"].get<int>() + failed);
  return report;
}

TEST(Hold, KeepsHundredsOfIdleConnectionsAtOnce) {
  RunningServer server({kServer});
  const std::size_t before = server.settled_footprint();
  RunningVerb hold({"hold", "-c", "300", "-d", "1m", url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return server.footprint() == before + 300; }));
  EXPECT_TRUE(hold.comes_to_rest());
  EXPECT_THAT(hold.process().err(), HasSubstr("holding 300 of 300"));
  const auto report = add_up(hold.interrupt());
  EXPECT_EQ(report["connections"]["established"], 300);
  EXPECT_EQ(report["connections"]["most_open"], 300);
  EXPECT_EQ(report["connections"]["open_at_end"], 300);
  EXPECT_EQ(report["requests"]["started"], 0);
  EXPECT_EQ(report["connect_ns"]["count"], 300);
  EXPECT_GT(report["all_up_after_ns"], 0);
  EXPECT_TRUE(report["first_lost_after_ns"].is_null());
  EXPECT_GE(report["generator"]["resident_bytes_per_connection"], 0);
  EXPECT_THAT(report["notes"].dump(), HasSubstr("SIGINT"));
}

TEST(Hold, EndsByItself) {
  const ScriptedServer server([](Peer& peer) { peer.hang(); });
  const auto report = add_up(
      report_of({"hold", "-c", "3", "-d", "50ms", url_of(server.port())}));
  EXPECT_EQ(report["verb"], "hold");
  EXPECT_EQ(report["connections"]["open_at_end"], 3);
  EXPECT_GE(report["elapsed_ns"], 50'000'000);
  EXPECT_TRUE(report["notes"].empty());
}

TEST(Hold, AsksOnEachConnectionNowAndThen) {
  std::atomic<int> asked = 0;
  const ScriptedServer server([&](Peer& peer) {
    while (peer.read_request()) {
      peer.send(kReply);
      ++asked;
    }
  });
  RunningVerb hold(
      {"hold", "-c", "4", "--every", "5ms", "-d", "1m", url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return asked >= 40; }));
  const auto report = add_up(hold.interrupt());
  EXPECT_GE(report["requests"]["answered"], 40 - 4);
  EXPECT_EQ(report["connections"]["established"], 4);
  EXPECT_EQ(report["connections"]["open_at_end"], 4);
}

TEST(Hold, AsksAnEcho) {
  RunningServer server({kServer, "--protocol", "echo"});
  const auto report =
      add_up(report_of({"hold", "-c", "4", "--every", "5ms", "-d", "500ms",
                        url_of(server.port(), "echo")}));
  EXPECT_GT(report["requests"]["answered"], 0);
  EXPECT_EQ(report["connections"]["open_at_end"], 4);
}

TEST(Hold, LosesWhatTheServerCloses) {
  RunningServer server({kServer, "--idle-timeout", "50ms"});
  const auto report =
      add_up(report_of({"hold", "-c", "5", "-d", "1m", url_of(server.port())}));
  EXPECT_EQ(report["connections"]["closed_by_server"], 5);
  EXPECT_EQ(report["lost_lifetime_ns"]["count"], 5);
  EXPECT_GT(report["lost_lifetime_ns"]["min"], 0);
  EXPECT_GT(report["first_lost_after_ns"], 0);
  EXPECT_THAT(report["notes"].dump(),
              HasSubstr("the last connection had gone"));
}

TEST(Hold, LosesWhatTheServerResets) {
  const ScriptedServer server([](Peer& peer) { peer.reset(); });
  const auto report =
      add_up(report_of({"hold", "-c", "5", "-d", "1m", url_of(server.port())}));
  EXPECT_EQ(report["connections"]["established"], 5);
  EXPECT_EQ(report["connections"]["reset"], 5);
}

// What a server does to each request, and where it is counted.
struct Failing {
  std::string error;
  ScriptedServer::Script script;
};

TEST(Hold, CountsHowRequestsFail) {
  for (const Failing& failing :
       {Failing{"parse", answers("no HTTP\r\n\r\n")},
        Failing{"closed", [](Peer& peer) { peer.read_request(); }},
        Failing{"closed", answers_once("HTTP/1.1 200 OK\r\n")},
        Failing{"reset",
                [](Peer& peer) {
                  if (peer.read_request()) peer.reset();
                }},
        Failing{"timeout", [](Peer& peer) { peer.hang(); }}}) {
    SCOPED_TRACE(failing.error);
    const ScriptedServer server(failing.script);
    const auto report =
        add_up(report_of({"hold", "-c", "3", "--every", "1ms", "--timeout",
                          "200ms", "-d", "1m", url_of(server.port())}));
    EXPECT_EQ(report["requests"]["errors"][failing.error], 3);
    EXPECT_EQ(report["requests"]["started"], 3);
  }
}

TEST(Hold, KeepsConnectionsOnWhichAnErrorIsAnswered) {
  std::atomic<int> asked = 0;
  const ScriptedServer server([&](Peer& peer) {
    while (peer.read_request()) {
      peer.send("HTTP/1.1 503 Oh\r\nContent-Length: 0\r\n\r\n");
      ++asked;
    }
  });
  RunningVerb hold(
      {"hold", "-c", "2", "--every", "5ms", "-d", "1m", url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return asked >= 10; }));
  const auto report = add_up(hold.interrupt());
  EXPECT_GE(report["requests"]["errors"]["status"], 10 - 2);
  EXPECT_EQ(report["connections"]["open_at_end"], 2);
}

TEST(Hold, TakesABodyThatEndsWithItsConnection) {
  const ScriptedServer server(answers_once("HTTP/1.0 200 OK\r\n\r\nhello"));
  const auto report = add_up(report_of({"hold", "-c", "2", "--every", "5ms",
                                        "-d", "1m", url_of(server.port())}));
  EXPECT_EQ(report["requests"]["answered"], 2);
  EXPECT_EQ(report["connections"]["closed_by_server"], 2);
}

TEST(Hold, ConnectsNoFasterThanItIsTold) {
  const ScriptedServer server([](Peer& peer) { peer.hang(); });
  const auto report = add_up(report_of({"hold", "-c", "1000", "--rate", "20",
                                        "-d", "200ms", url_of(server.port())}));
  const double seconds = report["elapsed_ns"].get<double>() / 1e9;
  EXPECT_GT(report["connections"]["established"], 0);
  EXPECT_LE(report["connections"]["established"], 1 + 20 * seconds);
  EXPECT_GT(report["connections"]["unfinished"], 0);
  EXPECT_TRUE(report["all_up_after_ns"].is_null());
  EXPECT_THAT(report["notes"].dump(), HasSubstr("before all had connected"));
}

TEST(Hold, FailsWhereNobodyListens) {
  const auto report =
      add_up(report_of({"hold", "-c", "3", url_of(closed_port())}, 1));
  EXPECT_EQ(report["connections"]["refused"], 3);
  EXPECT_THAT(report["notes"].dump(), HasSubstr("Connection refused"));
}

TEST(Hold, NeedsDescriptors) {
  expect_to_need_descriptors({"hold", "-c", "100"});
}

// The soft limit is ours to raise.
TEST(Hold, RaisesTheLimitOnDescriptors) {
  RunningServer server({kServer});
  const Ran ran = run_to_end(with_descriptors(
      "-S -n 40", loadgen_argv({"hold", "-c", "100", "-d", "100ms",
                                url_of(server.port())})));
  EXPECT_EQ(ran.status, 0) << ran.err;
  const auto report = nlohmann::json::parse(ran.out, nullptr, false);
  EXPECT_EQ(report["connections"]["established"], 100);
}

TEST(Hold, RefusesWhatMakesNoSense) {
  for (const Words& arguments :
       {Words{"hold", url_of(1)}, Words{"hold", "-c", "0", url_of(1)},
        Words{"hold", "-c", "1", "--every", "0s", url_of(1)},
        Words{"hold", "-c", "1", "-d", "soon", url_of(1)},
        Words{"hold", "-c", "1", "--rate", "0", url_of(1)},
        Words{"hold", "-c", "1", "ftp://h/"}, Words{"hold", "-c", "1"}}) {
    const Ran ran = run_to_end(loadgen_argv(arguments));
    EXPECT_EQ(ran.status, 2) << testing::PrintToString(arguments);
    EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
  }
}

}  // namespace
}  // namespace sockmark
