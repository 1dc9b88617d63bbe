#include "harness/trial/idle_crowd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/server/server.h"
#include "harness/trial/trial.h"
#include "tests/harness/fake_model.h"

namespace sockmark {
namespace {

using testing::Contains;
using testing::HasSubstr;

ServerSpec model(const std::string& name) {
  ServerSpec spec = fake_model(name);
  spec.command = {std::string(SERVER_DIR) + "/" + name};
  return spec;
}

Workload beside(std::uint64_t idle) {
  Workload workload;
  workload.name = "idle";
  workload.connections = 2;
  workload.idle_connections = idle;
  workload.duration_ns = 100'000'000;
  return workload;
}

class WithServer : public testing::Test {
 protected:
  WithServer() { server_.await_ready(); }
  ~WithServer() override { server_.stop(); }

  const std::atomic<bool> stop_ = false;
  Server server_{model("epoll_lt"), Workload{}, {}};
};

using IdleCrowdTest = WithServer;

TEST_F(IdleCrowdTest, IsOpenWhenItIsMadeAndToItsEnd) {
  IdleCrowd crowd(beside(50), server_.url(), {}, stop_);
  EXPECT_EQ(crowd.end(), "");
}

TEST_F(IdleCrowdTest, OfNobodyDoesNothing) {
  IdleCrowd crowd(beside(0), "http://nowhere/", {}, stop_);
  EXPECT_EQ(crowd.end(), "");
}

TEST_F(IdleCrowdTest, SaysHowManyAServerLetGo) {
  IdleCrowd crowd(beside(50), server_.url(), {}, stop_);
  server_.stop();
  EXPECT_THAT(crowd.end(), HasSubstr("of 50 idle connections were open"));
}

TEST_F(IdleCrowdTest, IsGivenUpWhenTheRunIsStopped) {
  const std::atomic<bool> stopped = true;
  EXPECT_THROW(IdleCrowd(beside(50), server_.url(), {}, stopped), TrialFailure);
}

TEST_F(IdleCrowdTest, SaysWhatLoadgenCannotDo) {
  EXPECT_THROW(IdleCrowd(beside(50), "ftp://127.0.0.1/", {}, stop_),
               TrialFailure);
}

TEST(ShortageIn, IsUnknownWhereThereIsNoReport) {
  EXPECT_THAT(shortage_in("", 5), HasSubstr("not known"));
  EXPECT_THAT(shortage_in(R"({"connections": {}})", 5), HasSubstr("not known"));
  EXPECT_EQ(shortage_in(R"({"connections": {"open_at_end": 5}})", 5), "");
  EXPECT_EQ(shortage_in(R"({"connections": {"open_at_end": 4}})", 5),
            "only 4 of 5 idle connections were open");
}

TEST(TrialBesideAnIdleCrowd, IsMeasuredAsAnyOther) {
  const std::atomic<bool> stop = false;
  const TrialRecord record =
      run_trial({.workload = beside(100)}, model("epoll_lt"), {}, stop);
  EXPECT_EQ(record.status, TrialStatus::ok) << record.error;
  EXPECT_GT(record.load->requests_per_second.value_or(0), 0);
  EXPECT_EQ(record.load->connections_served, 2);
}

// It refuses connections above 1024 descriptors: the rest is no idle crowd.
TEST(TrialBesideAnIdleCrowd, IsInvalidWhereTheServerCannotHoldIt) {
  const std::atomic<bool> stop = false;
  const TrialRecord record =
      run_trial({.workload = beside(1500)}, model("select"), {}, stop);
  EXPECT_EQ(record.status, TrialStatus::ok) << record.error;
  EXPECT_EQ(record.verdict.status, Verdict::Status::invalid);
  EXPECT_THAT(record.verdict.reasons,
              Contains(HasSubstr("of 1500 idle connections were open")));
}

}  // namespace
}  // namespace sockmark
