#include "loadgen/timers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::size_t> due_at(Timers& timers, Nanoseconds now) {
  std::vector<std::size_t> due;
  while (const auto who = timers.take_due(now)) due.push_back(*who);
  return due;
}

TEST(Timers, ExpireInTheirOrderAndOnce) {
  Timers timers(3);
  timers.set(0, 30);
  timers.set(1, 10);
  timers.set(2, 20);
  EXPECT_EQ(timers.next(), 10);
  EXPECT_THAT(due_at(timers, 9), IsEmpty());
  EXPECT_THAT(due_at(timers, 20), ElementsAre(1, 2));
  EXPECT_THAT(due_at(timers, 29), IsEmpty());
  EXPECT_THAT(due_at(timers, 100), ElementsAre(0));
  EXPECT_EQ(timers.next(), Timers::kNever);
}

TEST(Timers, ArePutOff) {
  Timers timers(1);
  timers.set(0, 10);
  timers.set(0, 50);
  EXPECT_THAT(due_at(timers, 49), IsEmpty());
  EXPECT_THAT(due_at(timers, 50), ElementsAre(0));
}

TEST(Timers, AreBroughtForward) {
  Timers timers(1);
  timers.set(0, 50);
  timers.set(0, 10);
  EXPECT_THAT(due_at(timers, 10), ElementsAre(0));
  EXPECT_THAT(due_at(timers, 100), IsEmpty());
}

TEST(Timers, AreTakenBack) {
  Timers timers(1);
  timers.set(0, 10);
  timers.set(0, Timers::kNever);
  EXPECT_THAT(due_at(timers, 100), IsEmpty());
  timers.set(0, 110);
  EXPECT_THAT(due_at(timers, 110), ElementsAre(0));
}

TEST(Timers, AreSetAgainWhenTheyHaveExpired) {
  Timers timers(2);
  for (Nanoseconds now = 0; now < 5; ++now) {
    timers.set(1, now);
    EXPECT_THAT(due_at(timers, now), ElementsAre(1));
  }
}

}  // namespace
}  // namespace sockmark
