// Whole trials of servers of the user's own: measured when they are fine, and
// never when they are not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "harness/server/free_port.h"
#include "harness/trial/trial.h"
#include "lib/fd.h"
#include "tests/harness/fake_model.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

TrialRecord run(const ServerSpec& spec) {
  constexpr std::int64_t kMillisecond = 1'000'000;
  const std::atomic<bool> stop = false;
  Workload workload;
  workload.name = "short";
  workload.connections = 2;
  workload.keep_alive = false;
  workload.duration_ns = 250 * kMillisecond;
  return run_trial({.workload = workload}, spec, {}, stop);
}

void expect_not_measured(const ServerSpec& spec, TrialStatus status) {
  const TrialRecord record = run(spec);
  EXPECT_EQ(record.status, status) << spec.name << ": " << record.error;
  EXPECT_FALSE(record.load.has_value()) << spec.name;
  EXPECT_EQ(record.verdict.status, Verdict::Status::invalid) << spec.name;
  EXPECT_THAT(record.verdict.reasons, testing::ElementsAre(record.error));
}

TEST(UserTrial, IsMeasuredLikeAnyOther) {
  const TrialRecord record = run(fake_user_server("good"));
  EXPECT_EQ(record.status, TrialStatus::ok) << record.error;
  ASSERT_TRUE(record.load.has_value());
  EXPECT_GT(record.load->completed.value_or(0), 0);
  EXPECT_THAT(record.server.argv,
              testing::ElementsAre(FAKE_SERVER, "good", "{port}"));
}

TEST(UserTrial, OfAServerThatIsNotRightIsNotMeasured) {
  const auto spec = [](const char* mode) {
    return fake_user_server(mode, std::chrono::milliseconds(300));
  };
  expect_not_measured(spec("silent"), TrialStatus::not_ready);
  expect_not_measured(spec("never_answers"), TrialStatus::not_ready);
  expect_not_measured(spec("elsewhere"), TrialStatus::not_ready);
  expect_not_measured(fake_user_server("dies_at_start"), TrialStatus::crashed);
  expect_not_measured(fake_user_server("daemon"), TrialStatus::not_ready);
  ServerSpec missing = fake_user_server("good");
  missing.command[0] = "/nowhere/server";
  EXPECT_FALSE(run(missing).load.has_value());
}

TEST(UserTrial, OfAServerThatAnswersWronglyIsNotMeasured) {
  constexpr std::chrono::seconds kTimeToStart(2);
  for (const char* const mode : {"wrong_status", "no_http"}) {
    expect_not_measured(fake_user_server(mode, kTimeToStart),
                        TrialStatus::wrong_answer);
  }
}

TEST(UserTrial, OnAPortThatIsTakenIsNotMeasured) {
  const Fd stranger(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(stranger.get(), generic, size), 0);
  ASSERT_EQ(listen(stranger.get(), 16), 0);
  ASSERT_EQ(getsockname(stranger.get(), generic, &size), 0);
  ServerSpec spec = fake_user_server("good");
  spec.port = ntohs(address.sin_port);
  expect_not_measured(spec, TrialStatus::not_ready);
}

TEST(UserTrial, OfAServerThatDoesNotEndIsSuspect) {
  ServerSpec spec = fake_user_server("ignores_term");
  spec.stop_grace = std::chrono::milliseconds(100);
  const TrialRecord record = run(spec);
  EXPECT_EQ(record.status, TrialStatus::ok) << record.error;
  EXPECT_NE(record.verdict.status, Verdict::Status::valid);
  EXPECT_THAT(record.verdict.reasons,
              testing::Contains(HasSubstr("of SIGTERM and was killed")));
}

}  // namespace
}  // namespace sockmark
