#include "harness/server/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/harness/fake_model.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

TrialFailure failure_of(const std::string& mode) {
  Server server(fake_model(mode), Workload{}, {});
  try {
    server.await_ready();
  } catch (const TrialFailure& failure) {
    EXPECT_EQ(server.stop() == "a process of the server could not be ended",
              false);
    return failure;
  }
  return {TrialStatus::ok, "it became ready"};
}

TEST(Server, IsReadyWhenItHasSaidSoAndAnsweredOnce) {
  Server server(fake_model("good"), Workload{}, {});
  server.await_ready();
  server.require_alive();
  EXPECT_THAT(server.url(), testing::StartsWith("http://127.0.0.1:"));
}

TEST(Server, IsWaitedForWhenItIsLate) {
  Server server(fake_model("late"), Workload{}, {});
  EXPECT_NO_THROW(server.await_ready());
}

TEST(Server, ThatNeverSaysItIsReadyIsNotReady) {
  const TrialFailure failure = failure_of("silent");
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(), HasSubstr("no readiness line"));
}

TEST(Server, ThatSaysSomethingElseIsNotReadyAtOnce) {
  const TrialFailure failure = failure_of("says_something_else");
  EXPECT_EQ(failure.status(), TrialStatus::not_ready);
  EXPECT_THAT(failure.what(), HasSubstr("Server started!"));
}

TEST(Server, ThatDiesAtStartHasCrashed) {
  Server server(fake_model("dies_at_start"), Workload{}, {});
  try {
    server.await_ready();
    FAIL() << "it became ready";
  } catch (const TrialFailure& failure) {
    EXPECT_EQ(failure.status(), TrialStatus::crashed);
    EXPECT_THAT(failure.what(), HasSubstr("exit status 3"));
  }
  EXPECT_THAT(server.stderr_tail(), HasSubstr("no database"));
}

TEST(Server, ThatThisKernelCannotRunIsUnavailable) {
  const TrialFailure failure = failure_of("unavailable");
  EXPECT_EQ(failure.status(), TrialStatus::unavailable);
  EXPECT_STREQ(failure.what(), "fake_server: no io_uring in this kernel");
}

TEST(Server, ThatAnswersWronglyIsNeverMeasured) {
  for (const char* const mode : {"wrong_status", "wrong_body", "no_http"}) {
    EXPECT_EQ(failure_of(mode).status(), TrialStatus::wrong_answer) << mode;
  }
  EXPECT_THAT(failure_of("wrong_status").what(), HasSubstr("404 Not Found"));
  EXPECT_THAT(failure_of("wrong_body").what(),
              HasSubstr("expected a body of 13 bytes, got 2"));
}

TEST(Server, ThatNeverAnswersGivesTheReason) {
  const TrialFailure failure = failure_of("never_answers");
  EXPECT_EQ(failure.status(), TrialStatus::wrong_answer);
  EXPECT_THAT(failure.what(), HasSubstr("no whole reply"));
}

TEST(Server, ThatIgnoresTermIsKilledAndReported) {
  Server server(fake_model("ignores_term"), Workload{}, {});
  server.await_ready();
  EXPECT_THAT(server.stop(), HasSubstr("was killed"));
  EXPECT_NE(kill(-server.pid(), 0), 0);
}

TEST(Server, TakesTheChildrenThatItLeftWithIt) {
  Server server(fake_model("leaves_a_child"), Workload{}, {});
  server.await_ready();
  EXPECT_THAT(server.stop(), HasSubstr("was killed"));
  EXPECT_NE(kill(-server.pid(), 0), 0);
}

TEST(Server, ThatCannotBeRunIsNamed) {
  ServerSpec model = fake_model("good");
  model.command = {"/nowhere/server"};
  try {
    const Server server(model, Workload{}, {});
    FAIL() << "it was run";
  } catch (const std::system_error& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("cannot run /nowhere/server"));
  }
}

}  // namespace
}  // namespace sockmark
