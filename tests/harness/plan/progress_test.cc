#include "harness/plan/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(FormatLeft, RoundsUpToSeconds) {
  EXPECT_EQ(format_left(milliseconds(0)), "0s");
  EXPECT_EQ(format_left(milliseconds(1)), "1s");
  EXPECT_EQ(format_left(seconds(59)), "59s");
  EXPECT_EQ(format_left(seconds(60)), "1m00s");
  EXPECT_EQ(format_left(seconds(250)), "4m10s");
  EXPECT_EQ(format_left(seconds(-5)), "0s");
}

TEST(OneLineAbout, TellsTheRateOrTheFailure) {
  TrialRecord good = synthetic_trial("poll", {.requests_per_second = 26'174});
  good.workload.name = "short";
  EXPECT_EQ(one_line_about(good), "short poll: 26,174 req/s");
  TrialRecord bad =
      failed_trial("poll", TrialStatus::crashed, "line 1\nline 2");
  bad.workload.name = "long";
  EXPECT_EQ(one_line_about(bad), "long poll: crashed: line 1 line 2");
}

// Under ctest stderr is no terminal.
TEST(Progress, PrintsALineForEachTrialWhenPiped) {
  testing::internal::CaptureStderr();
  {
    Progress progress(false);
    progress.starting("poll", Workload{}, {.done = 0, .trials = 2});
    progress.finished(synthetic_trial("poll", {}), seconds(1),
                      {.done = 1, .trials = 2});
    progress.finished(synthetic_trial("select", {}), seconds(1),
                      {.done = 2, .trials = 2});
  }
  const std::string text = testing::internal::GetCapturedStderr();
  EXPECT_THAT(text, testing::HasSubstr("[1/2] "));
  EXPECT_THAT(text, testing::HasSubstr("[2/2] "));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST(Progress, IsSilentWhenQuiet) {
  testing::internal::CaptureStderr();
  {
    Progress progress(true);
    progress.finished(synthetic_trial("poll", {}), seconds(1),
                      {.done = 1, .trials = 1});
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace sockmark
