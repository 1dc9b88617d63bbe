#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <atomic>

#include "lib/bound_socket.h"
#include "lib/error.h"
#include "tests/loadgen/verb_fixture.h"
#include "tests/servers/process_group.h"
#include "tests/servers/running_server.h"
#include "tests/servers/unprivileged.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

// It listens and never accepts: beyond one or two, nobody gets an answer.
Fd full_listener() {
  Fd fd = bound_socket(Options(), SOCK_CLOEXEC, false);
  check(listen(fd.get(), 0), "listen");
  return fd;
}

std::size_t processes_of(RunningVerb& verb) {
  return processes_of_group(verb.process().pid()).size();
}

TEST(Burst, HoldsHundredsOfConnectionsAtOnce) {
  RunningServer server({kServer});
  const std::size_t before = server.settled_footprint();
  RunningVerb burst({"burst", "--max-clients", "3", "--max-conns", "100",
                     "--hold", "1m", url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return server.footprint() == before + 300; }));
  EXPECT_TRUE(burst.comes_to_rest());
  EXPECT_TRUE(server.comes_to_rest());
  const auto report = burst.interrupt();
  EXPECT_EQ(report["processes"]["started"], 3);
  EXPECT_EQ(report["connections"]["established"], 300);
  EXPECT_EQ(report["connect_ns"]["count"], 300);
  EXPECT_EQ(report["requests"]["sent"], 300);
  EXPECT_EQ(report["requests"]["answered"], 300);
  EXPECT_GT(report["all_up_after_ns"], 0);
}

TEST(Burst, EndsByItself) {
  const ScriptedServer server(answers(kReply));
  const auto report = report_of({"burst", "--max-clients", "2", "--max-conns",
                                 "3", "--hold", "0s", url_of(server.port())});
  expect_connections_add_up(report);
  EXPECT_EQ(report["verb"], "burst");
  EXPECT_EQ(report["requested"]["processes"], 2);
  EXPECT_EQ(report["requested"]["connections_per_process"], 3);
  EXPECT_EQ(report["connections"]["established"], 6);
  EXPECT_TRUE(report["notes"].empty());
}

TEST(Burst, SendsAnEchoWhatItSendsBack) {
  RunningServer server({kServer, "--protocol", "echo"});
  const std::size_t before = server.settled_footprint();
  RunningVerb burst({"burst", "--max-conns", "3", "--hold", "1m",
                     url_of(server.port(), "echo")});
  EXPECT_TRUE(eventually([&] { return server.footprint() == before + 3; }));
  EXPECT_TRUE(burst.comes_to_rest());
  EXPECT_TRUE(server.comes_to_rest());
  EXPECT_EQ(burst.interrupt()["requests"]["answered"], 3);
}

TEST(Burst, CountsWhatTheServerAnsweredAndClosed) {
  std::atomic<int> closed = 0;
  const ScriptedServer server([&](Peer& peer) {
    {
      Peer closing = std::move(peer);
      answers_once(kReply)(closing);
    }
    ++closed;
  });
  RunningVerb burst(
      {"burst", "--max-conns", "5", "--hold", "1m", url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return closed == 5; }));
  const auto report = burst.interrupt();
  EXPECT_EQ(report["requests"]["answered"], 5);
  EXPECT_EQ(report["connections"]["closed_by_server"], 5);
  EXPECT_EQ(report["connections"]["reset"], 0);
}

TEST(Burst, CountsResets) {
  std::atomic<int> resets = 0;
  const ScriptedServer server([&](Peer& peer) {
    if (!peer.read_request()) return;
    peer.reset();
    ++resets;
  });
  RunningVerb burst({"burst", "--max-clients", "2", "--max-conns", "2",
                     "--hold", "1m", url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return resets == 4; }));
  const auto report = burst.interrupt();
  EXPECT_EQ(report["connections"]["reset"], 4);
  EXPECT_EQ(report["requests"]["answered"], 0);
}

TEST(Burst, FailsWhereNobodyListens) {
  const auto report = report_of({"burst", "--max-clients", "2", "--max-conns",
                                 "2", url_of(closed_port())},
                                1);
  expect_connections_add_up(report);
  EXPECT_EQ(report["connections"]["refused"], 4);
  EXPECT_TRUE(report["all_up_after_ns"].is_null());
  EXPECT_TRUE(report["connect_ns"]["p50"].is_null());
  EXPECT_THAT(report["notes"].dump(), HasSubstr("is the server running there"));
}

TEST(Burst, GivesUpConnectsThatAreNotAnswered) {
  const Fd listener = full_listener();
  const auto report =
      report_of({"burst", "--max-clients", "2", "--max-conns", "10",
                 "--timeout", "200ms", url_of(port_of(listener.get()))});
  expect_connections_add_up(report);
  EXPECT_GT(report["connections"]["established"], 0);
  EXPECT_GT(report["connections"]["timed_out"], 10);
  EXPECT_EQ(report["connections"]["unfinished"], 0);
}

TEST(Burst, EndsWhenItIsInterruptedWhileItConnects) {
  const Fd listener = full_listener();
  RunningVerb burst({"burst", "--max-clients", "2", "--max-conns", "10",
                     "--timeout", "1m", url_of(port_of(listener.get()))});
  EXPECT_TRUE(eventually([&] { return processes_of(burst) == 3; }));
  const auto report = burst.interrupt();
  expect_connections_add_up(report);
  EXPECT_EQ(report["connections"]["timed_out"], 0);
  EXPECT_GT(report["connections"]["unfinished"], 10);
}

TEST(Burst, LeavesNoProcessBehindWhenItIsKilled) {
  RunningServer server({kServer});
  RunningVerb burst(
      {"burst", "--max-clients", "3", "--hold", "1m", url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return processes_of(burst) == 4; }));
  kill(burst.process().pid(), SIGKILL);  // and only it
  EXPECT_TRUE(burst.ends_by_itself());
}

TEST(Burst, TellsOfClientsThatDied) {
  RunningServer server({kServer});
  const std::size_t before = server.settled_footprint();
  RunningVerb burst(
      {"burst", "--max-clients", "3", "--hold", "1m", url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return server.footprint() == before + 3; }));
  for (const pid_t process : processes_of_group(burst.process().pid())) {
    if (process != burst.process().pid()) kill(process, SIGKILL);
  }
  EXPECT_TRUE(burst.ends_by_itself()) << "nobody is left to hold a connection";
  const auto report = nlohmann::json::parse(burst.process().out());
  expect_connections_add_up(report);
  EXPECT_EQ(report["processes"]["died"], 3);
}

TEST(Burst, GoesOnWithTheProcessesThatCouldBeStarted) {
  // LeakSanitizer would need a process of its own as well.
  const Words limits =
      joined(as_someone_else(),
             {"env", "LSAN_OPTIONS=detect_leaks=0", "prlimit", "--nproc=3"});
  if (!can_run(joined(limits, {kLoadgen}))) {
    GTEST_SKIP() << "no setpriv, no prlimit or not root";
  }
  const ScriptedServer server(answers(kReply));
  const Ran ran = run_to_end(
      joined(limits, loadgen_argv({"burst", "--max-clients", "5", "--hold",
                                   "0s", url_of(server.port())})));
  EXPECT_EQ(ran.status, 0) << ran.err;
  const auto report = nlohmann::json::parse(ran.out, nullptr, false);
  EXPECT_EQ(report["processes"]["started"], 2);
  EXPECT_EQ(report["processes"]["not_started"], 3);
  EXPECT_EQ(report["connections"]["unfinished"], 3);
}

TEST(Burst, SaysWhatInterruptedIt) {
  const ScriptedServer server(answers(kReply));
  RunningVerb burst({"burst", "--hold", "1m", url_of(server.port())});
  EXPECT_TRUE(eventually([&] { return processes_of(burst) == 2; }));
  EXPECT_THAT(burst.interrupt(SIGTERM)["notes"].dump(), HasSubstr("SIGTERM"));
}

TEST(Burst, NeedsDescriptorsForTheConnectionsOfAProcess) {
  expect_to_need_descriptors({"burst", "--max-conns", "100"});
}

TEST(Burst, RefusesMoreConnectionsThanItCanCount) {
  const Ran ran = run_to_end({kLoadgen, "burst", "--max-clients", "10000",
                              "--max-conns", "1000", url_of(1)});
  EXPECT_EQ(ran.status, 2);
  EXPECT_TRUE(is_one_line(ran.err)) << ran.err;
}

}  // namespace
}  // namespace sockmark
