#include "loadgen/intervals.h"

#include <gtest/gtest.h>

#include <vector>

namespace sockmark {
namespace {

IntervalRow row(Nanoseconds start, std::uint64_t completed,
                std::uint64_t errors = 0) {
  IntervalRow row{.start = start,
                  .length = 1'000'000'000,
                  .completed = completed,
                  .errors = errors,
                  .latency = {}};
  for (std::uint64_t i = 0; i < completed; ++i) row.latency.record(100);
  return row;
}

TEST(Intervals, AreGivenWhenAllThreadsHaveAddedTheirs) {
  Intervals intervals(2);
  intervals.add(0, row(0, 10));
  EXPECT_TRUE(intervals.take().empty());
  intervals.add(1, row(0, 5, 1));
  const std::vector<IntervalRow> rows = intervals.take();
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].completed, 15);
  EXPECT_EQ(rows[0].errors, 1);
  EXPECT_EQ(rows[0].latency.count(), 15);
  EXPECT_TRUE(intervals.take().empty());
}

TEST(Intervals, WaitForAThreadThatLagsBehind) {
  Intervals intervals(2);
  for (int i = 0; i < 3; ++i) intervals.add(0, row(i * 1'000'000'000, 1));
  intervals.add(1, row(0, 1));
  EXPECT_EQ(intervals.take().size(), 1);
  intervals.add(1, row(1'000'000'000, 1));
  const std::vector<IntervalRow> rows = intervals.take();
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].start, 1'000'000'000);
}

TEST(Intervals, GiveTheRestInTheEnd) {
  Intervals intervals(2);
  intervals.add(0, row(0, 7));
  const std::vector<IntervalRow> rows = intervals.take_rest();
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].completed, 7);
  EXPECT_TRUE(intervals.take_rest().empty());
}

}  // namespace
}  // namespace sockmark
