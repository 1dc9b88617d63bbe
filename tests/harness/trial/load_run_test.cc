#include "harness/trial/load_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/process/process_tree.h"
#include "harness/server/server.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using testing::HasSubstr;

const std::atomic<bool> kGo = false;

struct Counts {
  int starts = 0, looks = 0, ends = 0;

  LoadMoments moments() {
    return {.window_starts = [this] { ++starts; },
            .within_window = [this] { ++looks; },
            .window_ends = [this] { ++ends; }};
  }
};

TEST(LoadRun, HasEachMomentOfALoadThatLivesThroughItsWindow) {
  LoadRun run("sleep", {"sleep", "600"}, {}, kGo);
  Counts counts;
  run.observe(nanoseconds(0), milliseconds(140), counts.moments());
  EXPECT_EQ(counts.starts, 1);
  EXPECT_EQ(counts.looks, 1);
  EXPECT_EQ(counts.ends, 1);
  EXPECT_FALSE(run.is_over());
}

TEST(LoadRun, HasNoEndOfAWindowThatTheLoadDidNotSee) {
  LoadRun run("true", {"true"}, {}, kGo);
  Counts counts;
  run.observe(seconds(500), seconds(600), counts.moments());
  EXPECT_EQ(counts.starts, 0);
  EXPECT_EQ(counts.ends, 0);
  EXPECT_TRUE(run.is_over());
}

TEST(LoadRun, HasNoMomentInAWindowWithoutRoomForThem) {
  LoadRun run("sleep", {"sleep", "600"}, {}, kGo);
  Counts counts;
  run.observe(nanoseconds(0), milliseconds(100), counts.moments());
  EXPECT_EQ(counts.starts, 0);
}

TEST(LoadRun, GivesTheEndAndWhatItPrinted) {
  LoadRun run("tool", {"sh", "-c", "echo out; echo err >&2; exit 3"}, {}, kGo);
  EXPECT_EQ(run.finish(nanoseconds(0)).describe(), "exit status 3");
  EXPECT_EQ(run.out(), "out\n");
  EXPECT_EQ(run.err(), "err\n");
}

TEST(LoadRun, NamesAToolThatHangs) {
  LoadRun run("wrk", {"sleep", "600"}, {}, kGo);
  try {
    run.finish(milliseconds(20), milliseconds(500));
    FAIL() << "it has not ended";
  } catch (const TrialFailure& failure) {
    EXPECT_EQ(failure.status(), TrialStatus::hung);
    EXPECT_STREQ(failure.what(),
                 "wrk had not ended 0.5 s after its time and was killed");
  }
}

TEST(LoadRun, IsInterruptedInEveryWait) {
  const std::atomic<bool> stop = true;
  LoadRun run("sleep", {"sleep", "600"}, {}, stop);
  Counts counts;
  EXPECT_THROW(run.finish(seconds(600)), TrialFailure);
  EXPECT_THROW(run.observe(seconds(0), seconds(600), counts.moments()),
               TrialFailure);
}

TEST(LoadRun, LeavesNoProcessBehind) {
  {
    LoadRun run("sh", {"sh", "-c", "trap '' TERM; sleep 600 & sleep 600"}, {},
                kGo);
  }
  EXPECT_TRUE(descendants_of(getpid()).empty());
}

}  // namespace
}  // namespace sockmark
