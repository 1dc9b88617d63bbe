// Servers of the user's own, which say nothing and have to be asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <csignal>
#include <fstream>

#include "harness/free_port.h"
#include "harness/listener_owner.h"
#include "harness/server.h"
#include "lib/fd.h"
#include "tests/harness/fake_model.h"
#include "tests/harness/temporary_folder.h"
#include "tests/servers/patience.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;

constexpr milliseconds kNotLong(500);  // for those that never become ready

Workload short_one() {
  Workload workload;
  workload.keep_alive = false;
  return workload;
}

TrialFailure failure_of(Server& server,
                        const std::atomic<bool>& stop = kNeverStopped) {
  try {
    server.await_ready(stop);
  } catch (const TrialFailure& failure) {
    return failure;
  }
  return {TrialStatus::ok, "it became ready"};
}

// The time to start does not count: what it does then is what matters.
void await_its_socket(const Server& server) {
  ASSERT_TRUE(
      eventually([&] { return !socket_inodes_of(server.pid()).empty(); }));
}

TrialFailure failure_of(const std::string& mode, bool listens = true) {
  Server server(fake_user_server(mode, kNotLong), short_one(), {});
  if (listens) await_its_socket(server);
  TrialFailure failure = failure_of(server);
  server.stop();
  return failure;
}

Fd listen_at(std::uint16_t port, int option = SO_REUSEADDR) {
  Fd fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  setsockopt(fd.get(), SOL_SOCKET, option, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool listens = bind(fd.get(), reinterpret_cast<sockaddr*>(&address),
                            sizeof address) == 0 &&
                       listen(fd.get(), 16) == 0;
  return listens ? std::move(fd) : Fd();
}

// Which of the tests' processes a message names: this one.
std::string myself() { return "process " + std::to_string(getpid()) + " ("; }

TEST(UserServer, IsReadyWhenItAnswersOnThePortItWasGiven) {
  Server server(fake_user_server("good"), short_one(), {});
  server.await_ready();
  server.require_alive();
  EXPECT_EQ(server.target().url,
            "http://127.0.0.1:" + std::to_string(server.port()) + "/");
  EXPECT_EQ(server.reply_bytes(), 71);
  EXPECT_EQ(server.stop(), "");
  EXPECT_TRUE(listen_at(server.port()));
}

TEST(UserServer, MayHaveAPortOfItsOwn) {
  ServerSpec spec = fake_user_server("good");
  spec.port = free_port();
  Server server(spec, short_one(), {});
  server.await_ready();
  EXPECT_EQ(server.port(), *spec.port);
}

TEST(UserServer, IsWaitedForWhenItIsLateOrWarmsUp) {
  for (const char* const mode : {"late", "warms_up"}) {
    Server server(fake_user_server(mode), short_one(), {});
    EXPECT_NO_THROW(server.await_ready()) << mode;
  }
}

TEST(UserServer, MayAnswerInChunks) {
  ServerSpec spec = fake_user_server("chunked");
  spec.expected_body = "Hello, World!";
  Server server(spec, Workload{}, {});
  server.await_ready();
  EXPECT_EQ(server.reply_bytes(), 75);
}

TEST(UserServer, RunsInItsFolderWithItsEnvironment) {
  const TemporaryFolder folder;
  ServerSpec spec = fake_user_server("env");
  spec.cwd = folder.path();
  spec.env = {{"FAKE_BODY", "at {port}"}};
  spec.port = free_port();
  spec.expected_body = "at " + std::to_string(*spec.port) + " in " +
                       std::filesystem::canonical(folder.path()).string();
  spec.path = "/any?thing=1";
  Server server(spec, Workload{}, {});
  server.await_ready();
  EXPECT_THAT(server.url(), testing::EndsWith("/any?thing=1"));
  EXPECT_EQ(server.target().expected_body, spec.expected_body);
}

TEST(UserServer, WhosePortIsTakenIsNotEvenStarted) {
  ServerSpec spec = fake_user_server("good");
  spec.port = free_port();
  const Fd stranger = listen_at(*spec.port);
  ASSERT_TRUE(stranger);
  try {
    const Server server(spec, short_one(), {});
    FAIL() << "it was started";
  } catch (const TrialFailure& failure) {
    EXPECT_EQ(failure.status(), TrialStatus::not_ready);
    EXPECT_THAT(failure.what(), HasSubstr("port " + std::to_string(*spec.port) +
                                          " is already taken by " + myself()));
  }
}

// The stranger takes the port between the choice of it and the server's bind.
TEST(UserServer, IsStartedOnceMoreWhenItsPortWasTakenMeanwhile) {
  const TemporaryFolder folder;
  ServerSpec spec = fake_user_server("good");
  spec.env = {{"FAKE_GATE", (folder.path() / "gate").string()}};
  Server server(spec, short_one(), {});
  const std::uint16_t taken = server.port();
  const Fd stranger = listen_at(taken);
  ASSERT_TRUE(stranger);
  folder.write("gate", "");
  server.await_ready();
  EXPECT_NE(server.port(), taken);
}

TEST(UserServer, IsNotTakenForAStrangerThatAnswersInItsPlace) {
  const TemporaryFolder folder;
  ServerSpec spec = fake_user_server("good");
  spec.port = free_port();
  spec.env = {{"FAKE_GATE", (folder.path() / "gate").string()}};
  Server server(spec, short_one(), {});
  const Fd stranger = listen_at(*spec.port);
  ASSERT_TRUE(stranger);
  folder.write("gate", "");
  const TrialFailure failure = failure_of(server);
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(), HasSubstr("also belongs to " + myself()));
}

TEST(UserServer, IsRefusedWithATwinOnItsPort) {
  const TemporaryFolder folder;
  ServerSpec spec = fake_user_server("shares_its_port", kNotLong);
  spec.env = {{"FAKE_GATE", (folder.path() / "gate").string()}};
  spec.port = free_port();
  Server server(spec, short_one(), {});
  const Fd twin = listen_at(server.port(), SO_REUSEPORT);
  ASSERT_TRUE(twin);
  folder.write("gate", "");
  const TrialFailure failure = failure_of(server);
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(), HasSubstr("also belongs to " + myself()));
}

TEST(UserServer, ThatNeverListensIsNotReady) {
  const TrialFailure failure = failure_of("silent", false);
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(),
              MatchesRegex("nothing listens on 127.0.0.1:[0-9]+ after 500 ms"));
}

TEST(UserServer, ThatListensElsewhereIsToldSo) {
  const TrialFailure failure = failure_of("elsewhere");
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(), AllOf(HasSubstr("nothing listens on"),
                                    HasSubstr("; it listens on 127.0.0.1:")));
}

TEST(UserServer, ThatNeverAnswersIsNotReady) {
  const TrialFailure failure = failure_of("never_answers");
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(), HasSubstr("but has not answered"));
}

TEST(UserServer, ThatDiesAtStartHasCrashed) {
  const TrialFailure failure = failure_of("dies_at_start", false);
  EXPECT_EQ(failure.status(), TrialStatus::crashed);
  EXPECT_THAT(failure.what(), AllOf(HasSubstr("exit status 3"),
                                    HasSubstr("fake_server: no database")));
  EXPECT_EQ(failure_of("exits_at_once", false).status(), TrialStatus::crashed);
}

TEST(UserServer, ThatAnswersWronglyIsNeverMeasured) {
  ServerSpec spec = fake_user_server("wrong_body", kNotLong);
  spec.expected_body = "Hello";
  Server wrong_body(spec, short_one(), {});
  await_its_socket(wrong_body);
  const TrialFailure failure = failure_of(wrong_body);
  EXPECT_EQ(failure.status(), TrialStatus::wrong_answer);
  EXPECT_THAT(failure.what(), HasSubstr("expected the body 'Hello', got 'Hi'"));
  for (const char* const mode : {"wrong_status", "no_http", "hangs_up"}) {
    EXPECT_EQ(failure_of(mode).status(), TrialStatus::wrong_answer) << mode;
  }
  EXPECT_THAT(failure_of("wrong_status").what(),
              HasSubstr("expected status 200, got 'HTTP/1.1 404 Not Found'"));
}

TEST(UserServer, ThatClosesIsNotMeasuredAsOneThatKeepsOpen) {
  Server closing(fake_user_server("good", kNotLong), Workload{}, {});
  await_its_socket(closing);
  const TrialFailure failure = failure_of(closing);
  EXPECT_EQ(failure.status(), TrialStatus::wrong_answer);
  EXPECT_THAT(failure.what(), HasSubstr("\"keep_alive\": false"));
  Server open(fake_user_server("keeps_open"), Workload{}, {});
  EXPECT_NO_THROW(open.await_ready());
}

TEST(UserServer, ThatGoesIntoTheBackgroundIsNamedAndEnded) {
  for (const char* const mode : {"daemon", "daemon_in_group"}) {
    Server server(fake_user_server(mode), short_one(), {});
    const TrialFailure failure = failure_of(server);
    EXPECT_EQ(failure.status(), TrialStatus::not_ready) << failure.what();
    EXPECT_THAT(failure.what(), HasSubstr("run it in the foreground"));
    server.stop();
    const std::uint16_t port = server.port();
    EXPECT_TRUE(eventually([&] { return bool(listen_at(port)); })) << mode;
  }
}

TEST(UserServer, IsGivenUpAtOnceWhenTheRunIsStopped) {
  const std::atomic<bool> stop = true;
  Server server(fake_user_server("silent"), short_one(), {});
  EXPECT_EQ(failure_of(server, stop).status(), TrialStatus::interrupted);
}

std::string doubt_about(ServerSpec spec) {
  Server server(spec, short_one(), {});
  server.await_ready();
  std::string doubt = server.stop();
  EXPECT_TRUE(listen_at(server.port())) << spec.name;
  return doubt;
}

TEST(UserServer, MayEndAsItsSignalHasIt) {
  EXPECT_EQ(doubt_about(fake_user_server("good")), "");  // the kernel ends it
  EXPECT_EQ(doubt_about(fake_user_server("shell_status")), "");
  EXPECT_EQ(doubt_about(fake_user_server("fails_at_the_end")),
            "after SIGTERM: exit status 4");
}

TEST(UserServer, IsStoppedWithItsOwnSignal) {
  ServerSpec spec = fake_user_server("stops_at_int");
  spec.stop_signal = SIGINT;
  spec.stop_grace = kPatience;
  EXPECT_EQ(doubt_about(spec), "");
}

TEST(UserServer, ThatIgnoresItsSignalIsKilledAndDoubted) {
  ServerSpec spec = fake_user_server("ignores_term");
  spec.stop_grace = milliseconds(100);
  EXPECT_EQ(doubt_about(spec),
            "did not stop within 100 ms of SIGTERM and was killed");
}

TEST(UserServer, ThatLeavesAProcessInASessionOfItsOwnIsDoubted) {
  ServerSpec spec = fake_user_server("leaves_a_session");
  EXPECT_THAT(doubt_about(spec), HasSubstr("was killed"));
}

}  // namespace
}  // namespace sockmark
