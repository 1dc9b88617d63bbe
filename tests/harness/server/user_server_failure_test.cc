// Servers of the user's own that never become ready, and how they all end.
#include <gmock/gmock.h>

#include <csignal>

#include "tests/harness/user_server.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;

TEST(FailingUserServer, ThatNeverListensIsNotReady) {
  const TrialFailure failure = failure_of("silent", false);
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(),
              MatchesRegex("nothing listens on 127.0.0.1:[0-9]+ after 500 ms"));
}

TEST(FailingUserServer, ThatListensElsewhereIsToldSo) {
  const TrialFailure failure = failure_of("elsewhere");
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(), AllOf(HasSubstr("nothing listens on"),
                                    HasSubstr("; it listens on 127.0.0.1:")));
}

TEST(FailingUserServer, ThatNeverAnswersIsNotReady) {
  const TrialFailure failure = failure_of("never_answers");
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(), HasSubstr("but has not answered"));
}

TEST(FailingUserServer, ThatDiesAtStartHasCrashed) {
  const TrialFailure failure = failure_of("dies_at_start", false);
  EXPECT_EQ(failure.status(), TrialStatus::crashed);
  EXPECT_THAT(failure.what(), AllOf(HasSubstr("exit status 3"),
                                    HasSubstr("fake_server: no database")));
  EXPECT_EQ(failure_of("exits_at_once", false).status(), TrialStatus::crashed);
}

TEST(FailingUserServer, ThatAnswersWronglyIsNeverMeasured) {
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

TEST(FailingUserServer, ThatClosesIsNotMeasuredAsOneThatKeepsOpen) {
  Server closing(fake_user_server("good", kNotLong), Workload{}, {});
  await_its_socket(closing);
  const TrialFailure failure = failure_of(closing);
  EXPECT_EQ(failure.status(), TrialStatus::wrong_answer);
  EXPECT_THAT(failure.what(), HasSubstr("\"keep_alive\": false"));
  Server open(fake_user_server("keeps_open"), Workload{}, {});
  EXPECT_NO_THROW(open.await_ready());
}

TEST(FailingUserServer, ThatGoesIntoTheBackgroundIsNamedAndEnded) {
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

TEST(FailingUserServer, IsGivenUpAtOnceWhenTheRunIsStopped) {
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

TEST(FailingUserServer, MayEndAsItsSignalHasIt) {
  EXPECT_EQ(doubt_about(fake_user_server("good")), "");  // the kernel ends it
  EXPECT_EQ(doubt_about(fake_user_server("shell_status")), "");
  EXPECT_EQ(doubt_about(fake_user_server("fails_at_the_end")),
            "after SIGTERM: exit status 4");
}

TEST(FailingUserServer, IsStoppedWithItsOwnSignal) {
  ServerSpec spec = fake_user_server("stops_at_int");
  spec.stop_signal = SIGINT;
  spec.stop_grace = kPatience;
  EXPECT_EQ(doubt_about(spec), "");
}

TEST(FailingUserServer, ThatIgnoresItsSignalIsKilledAndDoubted) {
  ServerSpec spec = fake_user_server("ignores_term");
  spec.stop_grace = milliseconds(100);
  EXPECT_EQ(doubt_about(spec),
            "did not stop within 100 ms of SIGTERM and was killed");
}

TEST(FailingUserServer, ThatLeavesAProcessInASessionOfItsOwnIsDoubted) {
  ServerSpec spec = fake_user_server("leaves_a_session");
  EXPECT_THAT(doubt_about(spec), HasSubstr("was killed"));
}

}  // namespace
}  // namespace sockmark
