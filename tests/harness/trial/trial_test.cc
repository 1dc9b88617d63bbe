// Whole trials, with real servers and with ones that misbehave.
#include "harness/trial/trial.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <thread>

#include "harness/process/process_tree.h"
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
  return run_trial({.index = 5, .round = 2, .order = 1, .workload = workload},
                   model, {}, stop);
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
    EXPECT_GT(record.started_unix_ns, 0);
    EXPECT_GT(record.elapsed_ns, 250 * kMillisecond);
    EXPECT_LT(record.elapsed_ns,
              longest_trial(real_model(), record.workload).count());
  }
}

// Either a figure or the reason why there is none.
TEST(Trial, KnowsWhatItCostOrWhyNot) {
  for (const bool keep_alive : {false, true}) {
    const Resources r = run(real_model(), brief(keep_alive)).resources;
    const auto known = [&r](const auto& figure, const char* name) {
      EXPECT_NE(figure.has_value(), r.unavailable.contains(name)) << name;
    };
    known(r.cpu_ns_per_request, "cpu_ns_per_request");
    known(r.cpu_source, "cpu_source");
    known(r.cpu_user_ns, "cpu_user_ns");
    known(r.context_switches_voluntary, "context_switches_voluntary");
    known(r.system_calls_per_request, "system_calls_per_request");
    known(r.peak_rss_bytes, "peak_rss_bytes");
    known(r.pss_idle_bytes, "pss_idle_bytes");
    known(r.pss_loaded_bytes, "pss_loaded_bytes");
    known(r.pss_bytes_per_connection, "pss_bytes_per_connection");
    known(r.fds_peak, "fds_peak");
    EXPECT_GT(r.cpu_ns_per_request.value_or(1), 0);
    EXPECT_EQ(r.processes_peak, 1);
    EXPECT_EQ(r.leaked.fds.value_or(0), 0);
    EXPECT_EQ(r.leaked.threads, 0);
    EXPECT_EQ(r.leaked.processes, 0);
    EXPECT_EQ(r.leaked.zombies, 0);
  }
}

TEST(Trial, KnowsWhatAServerLeftBehind) {
  const auto leaked = [](const char* mode) {
    const TrialRecord record = run(fake_model(mode), brief(false));
    EXPECT_EQ(record.status, TrialStatus::ok) << record.error;
    return record.resources.leaked;
  };
  EXPECT_GE(leaked("leaks_fds").fds.value_or(0), 10);
  EXPECT_GE(leaked("leaves_zombies").zombies.value_or(0), 10);
  EXPECT_GE(leaked("leaks_threads").threads.value_or(0), 10);
}

TEST(Trial, CountsSystemCallsWhenAskedTo) {
  const std::atomic<bool> stop = false;
  PlannedTrial trial;
  trial.workload = brief(true);
  trial.count_system_calls = true;
  const Resources r = run_trial(trial, real_model(), {}, stop).resources;
  if (!r.system_calls_per_request) {
    GTEST_SKIP() << r.unavailable.at("system_calls_per_request");
  }
  EXPECT_GT(*r.system_calls_per_request, 1);  // it reads and writes at least
  EXPECT_LT(*r.system_calls_per_request, 100);
  EXPECT_FALSE(r.unavailable.contains("system_calls_per_request"));
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
  const TrialRecord record =
      run_trial({.workload = brief(true)}, real_model(), {}, stop);
  EXPECT_EQ(record.status, TrialStatus::interrupted);
}

// Each of these would last ten minutes otherwise, or fail for another reason.
TEST(Trial, EndsSoonWhereverItIsToldToStop) {
  for (const char* const mode : {"silent", "ignores_term", "good"}) {
    std::atomic<bool> stop = false;
    std::thread somebody([&stop] {
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
      stop = true;
    });
    Workload workload = brief(false);
    workload.duration_ns = 600'000 * kMillisecond;
    const TrialRecord record =
        run_trial({.workload = workload}, fake_model(mode), {}, stop);
    somebody.join();
    EXPECT_EQ(record.status, TrialStatus::interrupted) << mode;
    EXPECT_EQ(record.error, "interrupted") << mode;
    EXPECT_EQ(record.verdict.status, Verdict::Status::invalid) << mode;
    EXPECT_TRUE(descendants_of(getpid()).empty()) << mode;
  }
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
