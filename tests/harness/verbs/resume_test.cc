// Runs that were cut off, and what --resume makes of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>

#include "harness/record/attempts.h"
#include "harness/record/record.h"
#include "harness/record/stored_runs.h"
#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Resume : public testing::Test {
 protected:
  std::vector<std::string> arguments(std::vector<std::string> more) const {
    more.insert(more.begin(),
                {"run", "--results", folder_.path().string(), "--no-plots"});
    return more;
  }

  std::vector<std::string> brief(const std::vector<std::string>& more) const {
    auto all = arguments({"--preset", "quick", "--rounds", "3", "--duration",
                          "50ms", "--warmup", "0s", "--connections", "2"});
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  Outcome resume(const std::vector<std::string>& more = {}) const {
    auto all = arguments({"--resume", "latest"});
    all.insert(all.end(), more.begin(), more.end());
    return sockmark(all);
  }

  std::filesystem::path run() const {
    return find_run("latest", folder_.path());
  }

  std::string model(const std::string& mode) const {
    return folder_
        .write("MODELS", mode + " | " + FAKE_SERVER + " " + mode +
                             " | fake | none | here | misbehaves\n")
        .string();
  }

  TemporaryFolder folder_;
};

// The servers in the order in which they were measured.
std::vector<std::string> order_of(const std::filesystem::path& run) {
  std::vector<std::string> order;
  for (const TrialRecord& trial : counting_trials(run)) {
    order.push_back(std::to_string(trial.index) + trial.server.name);
  }
  return order;
}

// A whole run, and the same with the last `lines` lines and a half cut off.
void cut(const std::filesystem::path& run, std::size_t lines) {
  std::string text = contents_of(run / "trials.jsonl");
  text.pop_back();
  for (std::size_t i = 0; i < lines; ++i) text.resize(text.rfind('\n'));
  text.resize(text.size() - 20);  // into the line before
  std::ofstream(run / "trials.jsonl") << text;
  std::filesystem::remove(run / "result.json");
}

TEST_F(Resume, CompletesARunThatWasCutOffAnywhere) {
  ASSERT_EQ(sockmark(brief({"--servers", "poll,select,epoll_lt"})).status, 0);
  const auto order = order_of(run());
  ASSERT_EQ(order.size(), 9);
  for (const std::size_t lines : {0U, 3U, 7U}) {
    cut(run(), lines);
    const Outcome outcome = resume();
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    EXPECT_EQ(order_of(run()), order);
    const auto result =
        nlohmann::json::parse(contents_of(run() / "result.json"));
    EXPECT_EQ(result.at("ended"), "complete");
    EXPECT_EQ(result.at("trials").size(), 9);
  }
}

TEST_F(Resume, CompletesARunAfterKill) {
  Child child({.argv = sockmark_command(brief({"--servers", "poll,select"})),
               .cpus = {}});
  ASSERT_TRUE(has_said(child, "[2/6]"));
  kill(child.pid(), SIGKILL);
  finish(child);
  const Outcome outcome = resume();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(counting_trials(run()).size(), 6);
  EXPECT_THAT(outcome.out, HasSubstr("poll"));
}

TEST_F(Resume, RunsAnInterruptedTrialAgain) {
  Child child({.argv = sockmark_command(arguments(
                   {"--preset", "quick", "--servers", "poll", "--duration",
                    "4s", "--warmup", "0s", "--connections", "2"})),
               .cpus = {}});
  ASSERT_TRUE(has_started(child, "poll"));
  kill(child.pid(), SIGTERM);
  EXPECT_EQ(finish(child).status, 143);
  const auto before = nlohmann::json::parse(contents_of(run() / "result.json"));
  EXPECT_TRUE(before.at("interrupted"));
  EXPECT_EQ(before.at("ended"), "interrupted");
  const Outcome outcome = resume();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto trials = counting_trials(run());
  ASSERT_EQ(trials.size(), 1);
  EXPECT_EQ(trials[0].status, TrialStatus::ok);
}

TEST_F(Resume, SaysThatAFinishedRunIsComplete) {
  ASSERT_EQ(sockmark(brief({"--servers", "poll"})).status, 0);
  const std::string before = contents_of(run() / "trials.jsonl");
  const Outcome outcome = resume();
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("complete"));
  EXPECT_EQ(contents_of(run() / "trials.jsonl"), before);
}

TEST_F(Resume, TakesTheOptionsThatTheRunHadAndRefusesOthers) {
  ASSERT_EQ(sockmark(brief({"--servers", "poll"})).status, 0);
  EXPECT_EQ(resume({"--rounds", "3", "--servers", "poll"}).status, 0);
  const Outcome outcome = resume({"--rounds", "4"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("rounds: was 3, is 4"),
                                 HasSubstr(run().string())));
  EXPECT_THAT(resume({"--seed", "2"}).err, HasSubstr("seed: was 1, is 2"));
}

TEST_F(Resume, RefusesAServerThatWasBuiltAnew) {
  const auto server = folder_.path() / "mine";
  std::filesystem::copy_file(FAKE_SERVER, server);
  folder_.write("MODELS", "mine | mine dies_at_start | fake | n | h | s\n");
  ASSERT_EQ(sockmark(brief({"--models", (folder_.path() / "MODELS").string()}))
                .status,
            5);
  cut(run(), 1);
  std::ofstream(server, std::ios::app) << "more";
  const Outcome outcome = resume();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("servers/mine/sha256: was"));
}

TEST_F(Resume, RefusesRecordsThatAreDamagedInTheMiddle) {
  ASSERT_EQ(sockmark(brief({"--servers", "poll"})).status, 0);
  std::string text = contents_of(run() / "trials.jsonl");
  text[text.find('\n') - 1] = ' ';
  std::ofstream(run() / "trials.jsonl") << text;
  const Outcome outcome = resume();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("trials.jsonl:1"));
}

// Also a server that ignores TERM.
TEST_F(Resume, StopsEveryChildWhenInterruptedOnce) {
  Child child({.argv = sockmark_command(arguments(
                   {"--preset", "quick", "--duration", "60s", "--warmup", "0s",
                    "--models", model("ignores_term")})),
               .cpus = {}});
  ASSERT_TRUE(has_started(child, "fake_server"));
  child.wait_for(std::chrono::milliseconds(200));  // wherever that is
  kill(child.pid(), SIGINT);
  EXPECT_EQ(finish(child).status, 130);
  const auto trials = read_trials(run());
  ASSERT_EQ(trials.size(), 1);
  EXPECT_EQ(trials[0].status, TrialStatus::interrupted);
}

TEST_F(Resume, IsNotNeededForASecondInterruptToEndAtOnce) {
  Child child({.argv = sockmark_command(arguments(
                   {"--preset", "quick", "--duration", "60s", "--warmup", "0s",
                    "--models", model("ignores_term")})),
               .cpus = {}});
  ASSERT_TRUE(has_said(child, "recording"));
  kill(child.pid(), SIGINT);
  kill(child.pid(), SIGTERM);
  const int status = finish(child).status;
  EXPECT_TRUE(status == 130 || status == 143) << status;
}

// What a full disk does, by way of a limit on the size of files.
TEST_F(Resume, GoesOnAfterAFullDisk) {
  auto limited = brief({"--models", model("dies_at_start")});
  limited[0] = "run";
  auto command = sockmark_command(limited);
  command.insert(command.begin(), {"prlimit", "--fsize=4000"});
  Child child({.argv = command, .cpus = {}});
  const Outcome full = finish(child);
  EXPECT_EQ(full.status, 1);
  EXPECT_THAT(full.err,
              AllOf(HasSubstr("cannot write"), HasSubstr("--resume")));
  const Outcome outcome = resume();
  EXPECT_EQ(outcome.status, 5) << outcome.err;
  EXPECT_EQ(counting_trials(run()).size(), 3);
}

}  // namespace
}  // namespace sockmark
