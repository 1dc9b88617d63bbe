// `sockmark selfcheck` itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "harness/ab/arm.h"
#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class SelfcheckProgram : public testing::Test {
 protected:
  std::vector<std::string> arguments(
      const std::vector<std::string>& more,
      const std::string& duration = "300ms") const {
    std::vector<std::string> all = {
        "selfcheck", "--results",  folder_.path().string(),
        "--gates",   "1",          "--rounds",
        "2",         "--duration", duration,
        "--warmup",  "10ms",       "--connections",
        "2"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  // The only folder there is.
  fs::path folder() const {
    return fs::directory_iterator(folder_.path())->path();
  }

  TemporaryFolder folder_;
};

TEST_F(SelfcheckProgram, ComparesAServerWithItselfAndWithASlowedOne) {
  const fs::path file = folder_.path() / "selfcheck.json";
  const Outcome outcome = sockmark(arguments({"--json", file.string()}));
  EXPECT_THAT(outcome.status, AnyOf(0, 6)) << outcome.err;
  const auto json = nlohmann::ordered_json::parse(contents_of(file));
  EXPECT_EQ(json.at("trusted"), outcome.status == 0);
  EXPECT_EQ(json.at("alike").at("gates"), 1);
  fs::remove(file);
  EXPECT_EQ(contents_of(folder() / "selfcheck.json"), json.dump(1) + "\n");
  if (json.at("work").is_null()) GTEST_SKIP() << "too busy a machine";
  EXPECT_EQ(json.at("slowed").at("gates"), 1);
  EXPECT_THAT(json.at("work").get<std::string>(), StartsWith("spin:"));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("epoll_lt"), HasSubstr("spin:")));

  int gates = 0;
  for (const auto& run : fs::directory_iterator(folder())) {
    if (!run.is_directory()) continue;
    ++gates;
    const bool is_alike =
        run.path().filename().string().find("alike") != std::string::npos;
    for (const TrialRecord& trial : read_trials(run)) {
      EXPECT_EQ(server_of(trial.server), "epoll_lt");
      const bool is_slowed = trial.server.arm == "head" && !is_alike;
      if (is_slowed) {
        EXPECT_THAT(trial.server.argv, Contains(StartsWith("spin:")));
      } else {
        EXPECT_THAT(trial.server.argv, Not(Contains("--work")));
      }
    }
  }
  EXPECT_EQ(gates, 4) << "one of each kind, and the calibration's two";
}

TEST_F(SelfcheckProgram, SaysWhatItWouldDo) {
  const Outcome outcome = sockmark(arguments({"--dry-run"}));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("gates of epoll_lt: 1 against itself"));
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(SelfcheckProgram, RefusesWhatItCannotCheck) {
  EXPECT_EQ(sockmark(arguments({"--preset", "gate"})).status, 2);
  EXPECT_EQ(sockmark(arguments({"--slowdown", "lots"})).status, 2);
  EXPECT_EQ(sockmark(arguments({"--server", "none"})).status, 2);
  EXPECT_EQ(sockmark(arguments({"--json", "/no/such/file"})).status, 1);
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(SelfcheckProgram, EndsWhenItIsInterrupted) {
  Child child({.argv = sockmark_command(arguments({}, "60s")), .cpus = {}});
  ASSERT_TRUE(has_said(child, "alike"));
  kill(child.pid(), SIGTERM);
  const Outcome outcome = finish(child);
  EXPECT_EQ(outcome.status, 143);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("interrupted: nothing is found out"));
}

}  // namespace
}  // namespace sockmark
