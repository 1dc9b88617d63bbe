#include "harness/compare/baseline_check.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/compare/not_comparable.h"
#include "tests/harness/compare/made_up_run.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

RecordedRun run(const std::string& name, double factor = 1,
                const std::string& changes = "{}") {
  RecordedRun made;
  made.name = made.run = name;
  made.fingerprint = fingerprint_of(made_up_environment(changes), name);
  made.commit = "0123456789ab";
  made.is_dirty = false;
  made.trials = made_up_pair(5, factor);
  return made;
}

// So many runs in which `poll` costs as much as the reference, more or less.
Baseline history(int entries, const std::string& changes = "{}") {
  Baseline baseline;
  for (int i = 0; i < entries; ++i) {
    RecordedRun one = run(fmt::format("run{}", i), 1 + 0.01 * (i % 3), changes);
    one.commit = fmt::format("{:012x}", i);
    baseline = with_run(baseline, one, "epoll_lt");
  }
  return baseline;
}

std::string complaint(const Baseline& baseline, const RecordedRun& of) {
  try {
    check_against(baseline, of);
  } catch (const NotComparable& why) {
    return why.what();
  }
  return "nothing";
}

std::vector<std::string> tripped(const BaselineCheck& check) {
  std::vector<std::string> metrics;
  for (const Held& held : check.held) {
    if (held.has_tripped) metrics.push_back(held.metric.name);
  }
  return metrics;
}

TEST(BaselineCheck, HoldsEveryCellButTheReference) {
  const BaselineCheck check = check_against(history(8), run("now"));
  EXPECT_EQ(check.entries, 8);
  EXPECT_EQ(check.reference, "epoll_lt");
  EXPECT_EQ(check.commit, "000000000007");
  ASSERT_FALSE(check.held.empty());
  for (const Held& held : check.held) {
    EXPECT_EQ(held.cell, "long/poll/64 connections");
    EXPECT_EQ(held.entries, 8);
  }
  EXPECT_FALSE(check.has_tripped());
  EXPECT_THAT(to_text(check, "baseline.json"),
              AllOf(HasSubstr("8 comparable entries of baseline.json"),
                    HasSubstr("Nothing tripped"), Not(HasSubstr("sockmark"))));
}

TEST(BaselineCheck, TripsOnAServerThatGotSlower) {
  const BaselineCheck check = check_against(history(20), run("now", 1.3));
  EXPECT_THAT(tripped(check),
              ElementsAre("cpu_ns_per_request", "requests_per_second", "p50_ns",
                          "p99_ns"));
  EXPECT_TRUE(check.has_tripped());
  EXPECT_THAT(
      to_text(check, "baseline.json"),
      AllOf(HasSubstr("TRIPPED"), HasSubstr("no verdict"),
            HasSubstr("long/poll/64 connections: CPU/request 28.7 % more than "
                      "in 20 entries, 11.1 % more is the limit"),
            HasSubstr("req/s 22.3 % less"),
            HasSubstr("\n  sockmark ab 000000000013 HEAD\n")));
}

TEST(BaselineCheck, DoesNotTripOnAServerThatGotFaster) {
  EXPECT_FALSE(check_against(history(20), run("now", 0.6)).has_tripped());
}

TEST(BaselineCheck, DoesNotTripOnAMachineThatGotSlower) {
  RecordedRun slow = run("now");
  for (TrialRecord& trial : slow.trials) {
    *trial.resources.cpu_ns_per_request *= 1.5;
    *trial.load->requests_per_second /= 1.5;
    *trial.load->latency.p50 *= 1.5;
    *trial.load->latency.p99 *= 1.5;
  }
  EXPECT_FALSE(check_against(history(20), slow).has_tripped());
}

TEST(BaselineCheck, PassesOverWhatIsBelowTheFloorOfAMetric) {
  const auto with_p99 = [](RecordedRun made, double p99_of_poll) {
    for (TrialRecord& trial : made.trials) {
      trial.load->latency.p99 =
          trial.server.name == "poll" ? p99_of_poll : 40e3;
    }
    return made;
  };
  Baseline baseline;
  for (int i = 0; i < 10; ++i) {
    baseline = with_run(baseline, with_p99(run(fmt::format("run{}", i)), 40e3),
                        "epoll_lt");
  }
  // The margin of p99 is 50 us at least.
  EXPECT_THAT(tripped(check_against(baseline, with_p99(run("now"), 85e3))),
              IsEmpty());
  EXPECT_THAT(tripped(check_against(baseline, with_p99(run("now"), 95e3))),
              ElementsAre("p99_ns"));
}

TEST(BaselineCheck, TripsOnWhatIsLost) {
  RecordedRun without = run("now");
  std::erase_if(without.trials,
                [](const auto& trial) { return trial.server.name == "poll"; });
  const BaselineCheck check = check_against(history(8), without);
  EXPECT_TRUE(check.has_tripped());
  EXPECT_THAT(check.lost,
              ElementsAre("long/poll/64 connections: not in this run"));

  RecordedRun crashed = run("now");
  for (TrialRecord& trial : crashed.trials) {
    if (trial.server.name == "poll") trial.status = TrialStatus::crashed;
  }
  EXPECT_THAT(check_against(history(8), crashed).lost,
              ElementsAre(HasSubstr("no usable trial in this run")));

  RecordedRun blind = run("now");
  for (TrialRecord& trial : blind.trials) {
    if (trial.server.name == "poll") trial.resources.cpu_ns_per_request.reset();
  }
  EXPECT_THAT(check_against(history(8), blind).lost,
              ElementsAre(HasSubstr("no cpu_ns_per_request in this run")));
}

TEST(BaselineCheck, SaysWhichCellsAreTooYoung) {
  RecordedRun more = run("now");
  for (TrialRecord trial : made_up_trials("select", 5)) {
    more.trials.push_back(trial);
  }
  const BaselineCheck check = check_against(history(8), more);
  EXPECT_THAT(check.young, ElementsAre("long/select/64 connections"));
  EXPECT_THAT(to_text(check, "f"), HasSubstr("long/select/64 connections"));
}

TEST(BaselineCheck, KnowsWhenNothingIsComparable) {
  EXPECT_THAT(complaint({}, run("now")),
              AllOf(HasSubstr("no comparable baseline"), HasSubstr("empty")));
  EXPECT_THAT(complaint(history(20, R"({"cpus": 64})"), run("now")),
              AllOf(HasSubstr("no comparable baseline"),
                    HasSubstr("CPUs: 64 in the base, 2 in the new one")));
  EXPECT_THAT(complaint(history(7), run("now")),
              AllOf(HasSubstr("7 comparable entries"), HasSubstr("takes 8")));
}

TEST(BaselineCheck, TakesOnlyEntriesOfTheSameMachine) {
  Baseline baseline = history(9, R"({"cpus": 64})");
  for (BaselineEntry& entry : baseline.entries) entry.run += "-other";
  const Baseline here = history(8);
  baseline.entries.insert(baseline.entries.begin() + 3, here.entries.begin(),
                          here.entries.end());
  const BaselineCheck check = check_against(baseline, run("now"));
  EXPECT_EQ(check.entries, 8);
  EXPECT_EQ(check.commit, "000000000007");
}

TEST(BaselineCheck, DoesNotHoldARunAgainstItself) {
  EXPECT_THAT(complaint(history(8), run("run3")), HasSubstr("7 comparable"));
}

TEST(BaselineCheck, TakesTheReferenceOfTheNewestEntry) {
  Baseline baseline = history(8);
  baseline = with_run(baseline, run("odd"), "poll");
  EXPECT_THAT(complaint(baseline, run("now")), HasSubstr("1 comparable entry"));
}

TEST(BaselineCheck, NotesAReferenceThatWasBuiltAnew) {
  RecordedRun now = run("now");
  for (TrialRecord& trial : now.trials) trial.server.sha256 = "bb";
  EXPECT_THAT(check_against(history(8), now).notes,
              ElementsAre(HasSubstr("epoll_lt is not the program")));
}

}  // namespace
}  // namespace sockmark
