// A run beside programs that take CPU time, from its first trial to its end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <vector>

#include "harness/record/record.h"
#include "harness/record/stored_runs.h"
#include "tests/harness/sockmark_program.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

// One at work on each CPU: whatever share of it they get, it is no little.
class NoisyRun : public testing::Test {
 protected:
  NoisyRun() {
    const auto cpus = static_cast<std::size_t>(sysconf(_SC_NPROCESSORS_ONLN));
    for (std::size_t i = 0; i < cpus; ++i) {
      hogs_.push_back(std::make_unique<Child>(
          ChildSpec{.argv = {"sh", "-c", "while :; do :; done"}, .cpus = {}}));
    }
  }

  Outcome run(bool ignores_noise) const {
    auto command = sockmark_command(
        {"run", "--results", folder_.path().string(), "--no-plots", "--preset",
         "quick", "--servers", "poll", "--duration", "400ms", "--warmup", "0s",
         "--connections", "2"});
    if (!ignores_noise) std::erase(command, "--ignore-noise");
    Child child({.argv = command, .cpus = {}});
    return finish(child);
  }

  std::size_t trials() const {
    return read_trials(find_run("latest", folder_.path())).size();
  }

 private:
  TemporaryFolder folder_;
  std::vector<std::unique_ptr<Child>> hogs_;
};

TEST_F(NoisyRun, IsRunAgainAndThenEndsWithAStatusOfItsOwn) {
  const Outcome outcome = run(false);
  EXPECT_EQ(outcome.status, 6) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("environment too noisy: short"));
  EXPECT_EQ(trials(), 2);
}

TEST_F(NoisyRun, IsTakenAsItIsWhereNoiseIsIgnored) {
  const Outcome outcome = run(true);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(trials(), 1);
}

}  // namespace
}  // namespace sockmark
