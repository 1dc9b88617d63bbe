#include "harness/compare/baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "harness/compare/baseline_file.h"
#include "harness/compare/not_comparable.h"
#include "tests/harness/compare/made_up_run.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

RecordedRun run(const std::string& name = "20260131-120000-long") {
  RecordedRun made;
  made.name = made.run = name;
  made.date = "2026-01-31T12:00:00Z";
  made.fingerprint = fingerprint_of(made_up_environment(), name);
  made.commit = "0123456789ab";
  made.is_dirty = false;
  made.trials = made_up_pair(5, 1.5);
  return made;
}

std::string complaint(const RecordedRun& of, const Baseline& before = {},
                      const std::string& reference = "epoll_lt") {
  try {
    with_run(before, of, reference);
  } catch (const std::runtime_error& refusal) {
    return refusal.what();
  }
  return "nothing";
}

const BaselineFigure& figure(const BaselineEntry& entry,
                             const std::string& server,
                             const std::string& metric) {
  for (const BaselineCell& cell : entry.cells) {
    if (cell.server != server) continue;
    for (const BaselineFigure& one : cell.figures) {
      if (one.metric == metric) return one;
    }
  }
  throw std::runtime_error("no " + metric);
}

TEST(BaselineEntry, HasMediansAndThoseOfTheReference) {
  const BaselineEntry entry = with_run({}, run(), "epoll_lt").entries.at(0);
  EXPECT_EQ(entry.run, "20260131-120000-long");
  EXPECT_EQ(entry.commit, "0123456789ab");
  EXPECT_EQ(entry.reference, "epoll_lt");
  ASSERT_EQ(entry.cells.size(), 2);
  EXPECT_EQ(entry.cells[1].name, "long/poll/64 connections");
  EXPECT_EQ(entry.cells[1].tool_version, "0.1.0");
  const BaselineFigure& cpu = figure(entry, "poll", "cpu_ns_per_request");
  EXPECT_DOUBLE_EQ(cpu.median, 30e3);
  EXPECT_EQ(cpu.n, 5);
  EXPECT_NEAR(cpu.variation.value(), 1.4826 * 0.009, 1e-3);
  EXPECT_DOUBLE_EQ(cpu.reference_median.value(), 20e3);
}

TEST(BaselineEntry, HasNoFiguresOfACellThatHasNone) {
  RecordedRun some = run();
  for (TrialRecord& trial : some.trials) {
    if (trial.server.name != "poll") continue;
    const int round = trial.round;
    trial = failed_trial("poll", TrialStatus::crashed, "by SIGSEGV");
    trial.round = round;
  }
  const BaselineEntry entry = entry_of(some, "epoll_lt");
  ASSERT_EQ(entry.cells.size(), 2);
  EXPECT_THAT(entry.cells[1].figures, IsEmpty());
}

TEST(BaselineEntry, HasNoReferenceInAWorkloadWithoutOne) {
  RecordedRun more = run();
  TrialRecord other = more.trials.front();
  other.workload.name = "other";
  more.trials.push_back(other);
  const BaselineEntry entry = entry_of(more, "epoll_lt");
  ASSERT_EQ(entry.cells.size(), 3);
  EXPECT_FALSE(entry.cells[2].figures.at(0).reference_median.has_value());
}

TEST(BaselineEntry, NeedsTheReferenceInTheSameRun) {
  EXPECT_THROW(entry_of(run(), "iterative"), NotComparable);
  EXPECT_THAT(complaint(run(), {}, "iterative"),
              AllOf(HasSubstr("20260131"), HasSubstr("'iterative'"),
                    HasSubstr("--reference")));
}

TEST(Baseline, RefusesDirtyTreesAndWhatItCannotName) {
  RecordedRun dirty = run();
  dirty.is_dirty = true;
  EXPECT_THAT(complaint(dirty), AllOf(HasSubstr("20260131"), HasSubstr("dirty"),
                                      HasSubstr("0123456789ab")));
  RecordedRun unknown = run();
  unknown.is_dirty.reset();
  EXPECT_THAT(complaint(unknown), HasSubstr("clean"));
  unknown.commit.reset();
  EXPECT_THAT(complaint(unknown), HasSubstr("no commit"));
}

TEST(Baseline, RefusesRunsThatWereCutShortAndThoseItHas) {
  RecordedRun half = run();
  half.has_ended = false;
  EXPECT_THAT(complaint(half), HasSubstr("cut short"));
  const Baseline one = with_run({}, run(), "epoll_lt");
  EXPECT_THAT(complaint(run(), one), HasSubstr("already"));
  EXPECT_EQ(with_run(one, run("another"), "epoll_lt").entries.size(), 2);
}

TEST(BaselineFile, IsReadAsItWasWritten) {
  Baseline both = with_run({}, run(), "epoll_lt");
  RecordedRun bare = run("bare");
  bare.fingerprint = fingerprint_of(R"({"kernel": "6.1"})", "bare");
  for (TrialRecord& trial : bare.trials) {
    if (trial.server.name == "poll") trial.load->tool_version.reset();
  }
  both = with_run(both, bare, "epoll_lt");
  const Baseline again = parse_baseline(to_json(both), "baseline.json");
  EXPECT_EQ(again.entries, both.entries);
  const std::string text = to_json(both);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 7)
      << "an entry is a line";
  EXPECT_THAT(parse_baseline(to_json(Baseline{}), "empty").entries, IsEmpty());
}

TEST(BaselineFile, NamesFileLineAndMistake) {
  const std::string good = to_json(with_run({}, run(), "epoll_lt"));
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ":1:"},
      {good.substr(0, good.size() / 2), ":4:"},
      {"[]", "expected an object"},
      {"{}", "expected \"schema_version\""},
      {changed("20000.0", "NaN"), ":4:"},
      {changed("20000.0", "-1"), "expected a number"},
      {changed("20000.0", "0"), "expected a number"},
      {changed("20000.0", "\"much\""), "expected a number"},
      {changed("\"n\":5", "\"n\":0"), "expected a whole number"},
      {changed("\"commit\"", "\"comet\""), "expected \"commit\""}};
  for (const auto& [text, message] : cases) {
    try {
      parse_baseline(text, "there.json");
      ADD_FAILURE() << message;
    } catch (const std::runtime_error& mistake) {
      EXPECT_THAT(mistake.what(),
                  AllOf(HasSubstr("there.json"), HasSubstr(message)));
    }
  }
  EXPECT_THROW(
      parse_baseline(changed("\"schema_version\": 1", "\"schema_version\": 2"),
                     "there.json"),
      NotComparable);
}

}  // namespace
}  // namespace sockmark
