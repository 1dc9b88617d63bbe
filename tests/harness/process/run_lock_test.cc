#include "harness/process/run_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <stdexcept>

#include "tests/harness/sockmark_program.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(RunLock, IsHeldByOneAtATime) {
  setenv("SOCKMARK_LOCK", ("lock-" + std::to_string(getpid())).c_str(), 1);
  {
    const RunLock lock;
    EXPECT_THAT([] { RunLock(); }, ThrowsMessage<std::runtime_error>(HasSubstr(
                                       "process " + std::to_string(getpid()))));
  }
  const RunLock again;
}

TEST(RunLock, RefusesASecondRunAndIsFreeAfterTheFirstWasKilled) {
  const TemporaryFolder results;
  const auto run_for = [&](const std::string& duration) {
    return std::vector<std::string>{
        "run",        "--results",     results.path().string(),
        "--preset",   "quick",         "--servers",
        "poll",       "--connections", "2",
        "--duration", duration,        "--warmup",
        "0s",         "--no-plots"};
  };
  Child first({.argv = sockmark_command(run_for("60s")), .cpus = {}});
  ASSERT_TRUE(has_said(first, "recording"));

  const Outcome second = sockmark(run_for("50ms"));
  EXPECT_EQ(second.status, 1);
  EXPECT_THAT(second.err, HasSubstr("another sockmark is measuring (process " +
                                    std::to_string(first.pid()) + ")"));

  kill(first.pid(), SIGKILL);
  EXPECT_EQ(finish(first).status, -SIGKILL);
  const Outcome third = sockmark(run_for("50ms"));
  EXPECT_EQ(third.status, 0) << third.err;
}

}  // namespace
}  // namespace sockmark
