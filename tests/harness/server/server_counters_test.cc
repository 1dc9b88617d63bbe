// The counts of our own servers, alone and against those of the load tool.
#include "harness/server/server_counters.h"

#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/server/server.h"
#include "harness/trial/trial.h"
#include "tests/harness/fake_model.h"

namespace sockmark {
namespace {

ServerSpec model(const std::vector<std::string>& command) {
  ServerSpec spec = fake_model(command.front());
  spec.command = command;
  spec.command.front().insert(0, SERVER_DIR "/");
  return spec;
}

TEST(ServerCounters, KnowNothingOfAServerThatDoesNotCount) {
  EXPECT_FALSE(ServerCounters().read().has_value());
  Server server(fake_model("good"), Workload{}, {});
  server.await_ready();
  EXPECT_FALSE(server.counts().has_value());
}

TEST(ServerCounters, AreNotGivenToAServerOfTheUsersOwn) {
  ServerSpec spec = fake_model("good");
  spec.readiness = Readiness::reply;
  const Server server(spec, Workload{}, {});
  EXPECT_FALSE(server.counts().has_value());
}

TEST(ServerCounters, HaveTheRequestThatTheHarnessMade) {
  Server server(model({"epoll_lt"}), Workload{}, {});
  server.await_ready();
  const auto counts = server.counts();
  ASSERT_TRUE(counts.has_value());
  EXPECT_EQ(counts->connections_accepted, 1);
  EXPECT_EQ(counts->requests_answered, 1);
}

TEST(ServerCounters, CanBeAskedWhenTheServerHasEnded) {
  Server server(model({"fork"}), Workload{}, {});
  server.await_ready();
  EXPECT_EQ(server.stop(), "");
  EXPECT_EQ(server.counts().value_or(ServerCounts{}).requests_answered, 1);
}

TEST(ServerCounters, TellWhatWasCountedInBetween) {
  const ServerCounts before{.connections_accepted = 1, .requests_answered = 2};
  const ServerCounts after{.connections_accepted = 11,
                           .requests_answered = 102};
  const auto between = counted_between(before, after);
  ASSERT_TRUE(between.has_value());
  EXPECT_EQ(between->connections_accepted, 10);
  EXPECT_EQ(between->requests_answered, 100);
  EXPECT_FALSE(counted_between(std::nullopt, after).has_value());
  EXPECT_FALSE(counted_between(before, std::nullopt).has_value());
}

constexpr std::uint64_t kConnections = 4;

TrialRecord trial_of(const ServerSpec& spec, bool keep_alive) {
  Workload workload;
  workload.connections = kConnections;
  workload.keep_alive = keep_alive;
  workload.warmup_ns = 50'000'000;
  workload.duration_ns = 250'000'000;
  const std::atomic<bool> stop = false;
  return run_trial({.workload = workload}, spec, {}, stop);
}

class CountsOfATrial : public testing::TestWithParam<std::vector<std::string>> {
};

// loadgen connects once to see whether somebody is there. What else may differ
// is under way at the end: a request for each connection.
TEST_P(CountsOfATrial, AgreeWithThoseOfTheLoadTool) {
  for (const bool keep_alive : {false, true}) {
    SCOPED_TRACE(keep_alive);
    const TrialRecord record = trial_of(model(GetParam()), keep_alive);
    ASSERT_EQ(record.status, TrialStatus::ok) << record.error;
    ASSERT_TRUE(record.load && record.server_counts);
    EXPECT_EQ(record.load->errors.value_or(1), 0);
    const auto lifetime = nlohmann::json::parse(record.load->json)["lifetime"];
    const std::uint64_t started = lifetime["requests_started"];
    const std::uint64_t answers = record.load->lifetime_answers.value_or(0);
    EXPECT_GT(answers, 0);
    EXPECT_GE(answers, record.load->completed.value_or(0));
    EXPECT_LE(answers, record.server_counts->requests_answered);
    EXPECT_LE(record.server_counts->requests_answered, started);
    EXPECT_LE(started - answers, kConnections);
    const std::uint64_t opened = record.load->lifetime_connections.value_or(0);
    const std::uint64_t accepted = record.server_counts->connections_accepted;
    EXPECT_LE(accepted, opened + kConnections);
    EXPECT_LE(opened, accepted + kConnections + 1);
    EXPECT_GE(accepted, keep_alive ? 1 : answers);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Models, CountsOfATrial,
    testing::Values(std::vector<std::string>{"epoll_lt"},
                    std::vector<std::string>{"fork"},
                    std::vector<std::string>{"fork_exec"},
                    std::vector<std::string>{"io_uring"},
                    std::vector<std::string>{"prefork"},
                    std::vector<std::string>{"prefork", "--accept", "pass"},
                    std::vector<std::string>{"reactor_pool"},
                    std::vector<std::string>{"reuseport"},
                    std::vector<std::string>{"thread"}));

}  // namespace
}  // namespace sockmark
