#include "harness/costs/system_calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

namespace sockmark {
namespace {

// Each of these is a system call: the C library keeps no parent's id.
void call(int times) {
  for (int i = 0; i < times; ++i) getppid();
}

TEST(SystemCalls, AreCountedOfTheThreadAndAllThatItStarts) {
  const SystemCallCounter counter({getpid()});
  if (!counter.why_not().empty()) GTEST_SKIP() << counter.why_not();
  call(1000);
  const std::int64_t own = counter.count().value_or(0);
  EXPECT_GE(own, 1000);
  EXPECT_LT(own, 1200);
  std::thread(call, 1000).join();
  const std::int64_t with_thread = counter.count().value_or(0);
  EXPECT_GE(with_thread, own + 1000);
  const pid_t child = fork();
  if (child == 0) {
    call(1000);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  EXPECT_GE(counter.count().value_or(0), with_thread + 1000);
}

TEST(SystemCalls, OfNobodyAreNotCountedAndSayWhy) {
  const SystemCallCounter nobody({1 << 29});
  EXPECT_FALSE(nobody.count().has_value());
  EXPECT_NE(nobody.why_not(), "");
}

}  // namespace
}  // namespace sockmark
