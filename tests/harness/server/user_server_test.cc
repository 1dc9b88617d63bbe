// Servers of the user's own, which say nothing and have to be asked: how they
// become ready, and on which port.
#include "tests/harness/user_server.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "harness/server/free_port.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

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

}  // namespace
}  // namespace sockmark
