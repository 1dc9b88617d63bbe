// Whole trials, with real servers and with ones that misbehave.
#include "harness/trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "tests/harness/fake_model.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kMillisecond = 1'000'000;

Workload brief(bool keep_alive) {
  Workload workload;
  workload.name = keep_alive ? "long" : "short";
  workload.connections = 4;
  workload.keep_alive = keep_alive;
  workload.warmup_ns = 50 * kMillisecond;
  workload.duration_ns = 250 * kMillisecond;
  return workload;
}

ServerSpec real_model() {
  return {.name = "epoll_lt",
          .command = {std::string(SERVER_DIR) + "/epoll_lt"},
          .family = "event",
          .unit = "one loop",
          .source = "",
          .summary = ""};
}

TrialRecord run(const ServerSpec& model, const Workload& workload) {
  const std::atomic<bool> stop = false;
  return run_trial({.index = 5, .round = 2, .order = 1}, model, workload, {},
                   stop);
}

TEST(Trial, RecordsWhatWasMeasuredOnWhat) {
  for (const bool keep_alive : {false, true}) {
    const TrialRecord record = run(real_model(), brief(keep_alive));
    EXPECT_EQ(record.status, TrialStatus::ok) << record.error;
    EXPECT_EQ(record.index, 5);
    EXPECT_EQ(record.round, 2);
    EXPECT_EQ(record.order, 1);
    EXPECT_EQ(record.server.name, "epoll_lt");
    EXPECT_EQ(record.server.sha256.value_or("").size(), 64);
    ASSERT_TRUE(record.load.has_value());
    EXPECT_GT(record.load->requests_per_second.value_or(0), 0);
    EXPECT_EQ(record.load->errors.value_or(1), 0);
    EXPECT_GT(record.tool_cpu_ns.value_or(0), 0);
    EXPECT_GT(record.resources.cpu_ns_per_request.value_or(0), 0);
  }
}

TEST(Trial, LeavesNoProcessBehind) {
  run(real_model(), brief(true));
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Trial, OfAServerThatDiesUnderLoadIsACrashWithItsLastWords) {
  const TrialRecord record = run(fake_model("dies_under_load"), brief(false));
  EXPECT_EQ(record.status, TrialStatus::crashed);
  EXPECT_THAT(record.error, HasSubstr("SIGABRT"));
  EXPECT_THAT(record.stderr_tail, HasSubstr("out of luck"));
  EXPECT_EQ(record.verdict.status, Verdict::Status::invalid);
}

TEST(Trial, OfAServerThatAnswersWronglyHasNoLoad) {
  const TrialRecord record = run(fake_model("wrong_body"), brief(false));
  EXPECT_EQ(record.status, TrialStatus::wrong_answer);
  EXPECT_FALSE(record.load.has_value());
}

TEST(Trial, OfAServerThatCannotBeRunHasFailed) {
  ServerSpec model = real_model();
  model.command = {"/nowhere/server"};
  const TrialRecord record = run(model, brief(false));
  EXPECT_EQ(record.status, TrialStatus::failed);
  EXPECT_THAT(record.error, HasSubstr("/nowhere/server"));
}

TEST(Trial, NotesAServerThatHadToBeKilled) {
  const TrialRecord record = run(fake_model("ignores_term"), brief(false));
  EXPECT_EQ(record.status, TrialStatus::ok) << record.error;
  EXPECT_NE(record.verdict.status, Verdict::Status::valid);
  EXPECT_THAT(record.verdict.reasons, testing::Contains(HasSubstr("killed")));
}

TEST(Trial, EndsAtOnceWhenItIsToldToStop) {
  const std::atomic<bool> stop = true;
  const TrialRecord record = run_trial({}, real_model(), brief(true), {}, stop);
  EXPECT_EQ(record.status, TrialStatus::interrupted);
}

// A wrk that prints what a real one did.
class TrialWithFakeWrk : public testing::Test {
 protected:
  TrialWithFakeWrk() {
    std::filesystem::copy(FAKE_WRK, folder_.path() / "wrk");
    const std::string path =
        folder_.path().string() + ":" + std::getenv("PATH");
    setenv("PATH", path.c_str(), 1);
  }

  TrialRecord run_with(const std::string& output, const char* status) {
    const std::string file = std::string(TEST_DATA_DIR) + "/wrk/" + output;
    setenv("FAKE_WRK_OUTPUT", output.empty() ? "" : file.c_str(), 1);
    setenv("FAKE_WRK_STATUS", status, 1);
    Workload workload = brief(true);
    workload.tool = "wrk";
    workload.warmup_ns = 0;
    workload.duration_ns = 1000 * kMillisecond;
    return run(real_model(), workload);
  }

  TemporaryFolder folder_;
};

TEST_F(TrialWithFakeWrk, HasWrksFigures) {
  const TrialRecord record = run_with("keep_alive.txt", "0");
  EXPECT_EQ(record.status, TrialStatus::ok) << record.error;
  EXPECT_EQ(record.load->completed.value_or(0), 94016);
}

TEST_F(TrialWithFakeWrk, OfAWrkThatFailsHasFailed) {
  const TrialRecord record = run_with("", "1");
  EXPECT_EQ(record.status, TrialStatus::failed);
  EXPECT_THAT(record.error, HasSubstr("exit status 1"));
}

}  // namespace
}  // namespace sockmark
