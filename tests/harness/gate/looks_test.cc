#include "harness/gate/looks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/gate/sampled.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Judgement found(const std::string& cell, Finding finding,
                std::size_t rounds = 10, const std::string& metric = "p50_ns") {
  return {.cell = cell,
          .metric = metric_named(metric),
          .base = std::vector<double>(rounds, 1),
          .head = std::vector<double>(rounds, 1),
          .finding = finding};
}

TEST(Looks, GoOnWithTheCellsThatAreOpen) {
  EXPECT_THAT(cells_to_extend({found("a", Finding::same),
                               found("b", Finding::inconclusive),
                               found("c", Finding::not_worse),
                               found("b", Finding::inconclusive, 10, "p99_ns"),
                               found("d", Finding::inconclusive)}),
              ElementsAre("b", "d"));
}

TEST(Looks, LeaveACellThatHasItsAnswer) {
  EXPECT_THAT(cells_to_extend({found("a", Finding::inconclusive),
                               found("a", Finding::regressed)}),
              IsEmpty());
}

TEST(Looks, AskNotForRoundsThatWouldTellNothing) {
  EXPECT_THAT(cells_to_extend({found("a", Finding::inconclusive, 10,
                                     "bytes_received_per_request"),
                               found("b", Finding::inconclusive, 0)}),
              IsEmpty());
  // Counted in the first round only.
  EXPECT_THAT(cells_to_extend({found("a", Finding::same, 10),
                               found("a", Finding::inconclusive, 1,
                                     "system_calls_per_request")}),
              IsEmpty());
}

TEST(Looks, TakeTheSecondForWhatGotMoreRounds) {
  const auto result = after_both_looks(
      {found("a", Finding::regressed), found("b", Finding::inconclusive)},
      {found("a", Finding::inconclusive), found("b", Finding::improved, 20),
       found("b", Finding::same, 20, "p99_ns")});
  ASSERT_EQ(result.size(), 3);
  EXPECT_EQ(result[0].finding, Finding::regressed);
  EXPECT_EQ(result[1].finding, Finding::improved);
  EXPECT_EQ(result[2].finding, Finding::same);
}

TEST(Looks, HaveAsManyRoundsAsTheFamilyNeeds) {
  const Looks few = looks_for(18, {});
  EXPECT_EQ(few.first, 10);
  EXPECT_EQ(few.second, 20);
  const Looks many = looks_for(36, {});  // 11, but an even number
  EXPECT_EQ(many.first, 12);
  EXPECT_EQ(many.second, 24);
}

}  // namespace
}  // namespace sockmark
