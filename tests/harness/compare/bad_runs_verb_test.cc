// sockmark compare on runs that are damaged, failed or of something else: a
// line that names the file, the documented status, and no table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/harness/compare/made_up_run.h"
#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

class BadRuns : public testing::Test {
 protected:
  std::string stored(const std::string& name,
                     const std::vector<TrialRecord>& trials) const {
    return store(folder_, name, made_up_environment(), trials);
  }

  Outcome compare(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "compare");
    arguments.insert(arguments.end(), {"--json", json_.string()});
    return sockmark(arguments);
  }

  // Refused as a whole: one line, and nothing that looks like an answer.
  void expect_refused(const Outcome& outcome, int status,
                      const std::string& named) const {
    EXPECT_EQ(outcome.status, status) << outcome.err;
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_THAT(outcome.err, HasSubstr(named));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1)
        << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(json_));
  }

  TemporaryFolder folder_;
  std::filesystem::path json_ = folder_.path() / "comparison.json";
};

// A folder's three files, each of them spoilt in turn, on either side.
TEST_F(BadRuns, AreNamedByTheFileThatIsDamaged) {
  const std::string good = stored("good", made_up_pair(3));
  const std::string lines = contents_of(good + "/trials.jsonl");
  const std::string result = contents_of(good + "/result.json");
  const std::string environment = contents_of(good + "/environment.json");
  struct Case {
    const char* file;
    std::string text;
    int status = 1;
  };
  const std::vector<Case> cases = {
      {"environment.json", ""},
      {"environment.json", environment.substr(0, environment.size() / 2)},
      {"environment.json", R"({"hello": "world"})"},
      {"environment.json", R"({"schema_version": 1, "cpus": NaN})"},
      {"environment.json", R"({"schema_version": 2})", 7},
      {"trials.jsonl", ""},
      {"trials.jsonl", lines.substr(0, lines.size() - 40)},
      {"trials.jsonl", "{\"hello\": \"world\"}\n" + lines},
      {"trials.jsonl", "{\"schema_version\": 2}\n" + lines},
      {"trials.jsonl", "{\"schema_version\": NaN}\n" + lines},
      {"result.json", ""},
      {"result.json", result.substr(0, result.size() / 2)},
      {"result.json", "[1, 2]"}};
  for (const Case& one : cases) {
    SCOPED_TRACE(one.file + (": " + one.text.substr(0, 40)));
    const std::string bad = stored("bad", made_up_pair(3));
    folder_.write(std::string("bad/") + one.file, one.text);
    expect_refused(compare({good, bad}), one.status, bad + "/" + one.file);
    expect_refused(compare({bad, good, "--force"}), one.status,
                   bad + "/" + one.file);
  }
}

TEST_F(BadRuns, OfOtherWorkloadsOrServersAreRefusedByForceToo) {
  const std::string base = stored("base", made_up_trials("poll", 5));
  auto longer = made_up_trials("poll", 5);
  for (TrialRecord& trial : longer) trial.workload.duration_ns *= 2;
  for (const std::string& other :
       {stored("longer", longer), stored("other", made_up_trials("fork", 5))}) {
    for (const char* const force : {"--strict", "--force"}) {
      const Outcome outcome = compare({base, other, force});
      expect_refused(outcome, 7, base);
      EXPECT_THAT(outcome.err,
                  AllOf(HasSubstr(other), HasSubstr("nothing in common")));
    }
  }
}

TEST_F(BadRuns, ThatFailedOnOneSideSayWhich) {
  const std::string good = stored("good", made_up_trials("poll", 3));
  std::vector<TrialRecord> trials;
  for (int round = 0; round < 3; ++round) {
    trials.push_back(failed_trial("poll", TrialStatus::crashed, "by SIGSEGV"));
    trials.back().round = round;
  }
  const std::string bad = stored("bad", trials);
  const Outcome worse = compare({good, bad});
  EXPECT_EQ(worse.status, 3) << worse.err;
  EXPECT_THAT(worse.out, AllOf(HasSubstr("head fails: 1 failure"),
                               HasSubstr("head: long/poll/64 connections: "
                                         "crashed in rounds 1, 2, 3 of 3")));
  const Outcome unfit = compare({bad, good});
  EXPECT_EQ(unfit.status, 5) << unfit.err;
  EXPECT_THAT(unfit.out, AllOf(HasSubstr("no figure could be judged"),
                               HasSubstr("base: long/poll/64 connections")));
}

TEST_F(BadRuns, ThatAnsweredNothingHaveNoFigures) {
  const std::string good = stored("good", made_up_trials("poll", 5));
  auto trials = made_up_trials("poll", 5);
  for (TrialRecord& trial : trials) {
    trial.load = synthetic_load({.requests_per_second = 0});
    trial.verdict = {.status = Verdict::Status::invalid,
                     .reasons = {"no request was answered as expected"}};
  }
  const std::string silent = stored("silent", trials);
  const Outcome worse = compare({good, silent});
  EXPECT_EQ(worse.status, 3) << worse.err;
  EXPECT_THAT(worse.out, HasSubstr("no usable trial: no request was answered"));
  EXPECT_EQ(compare({silent, good}).status, 5);
}

TEST_F(BadRuns, ThatAreTheSameTwiceSaySo) {
  const std::string run = stored("20260131-120000-long", made_up_pair(10));
  const Outcome outcome = compare({run, run + "/result.json", "--strict"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(contents_of(json_),
              HasSubstr("Both sides are the same run, 20260131-120000-long"));
}

}  // namespace
}  // namespace sockmark
