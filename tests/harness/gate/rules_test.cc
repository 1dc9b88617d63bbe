#include "harness/gate/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "tests/harness/gate/sampled.h"

namespace sockmark {
namespace {

using testing::IsEmpty;

constexpr const char* kErrors = "errors_per_request";

// By 1 % at least, and by 0.5.
Samples exact(std::vector<double> base, std::vector<double> head) {
  auto samples = samples_of("bytes_received_per_request", std::move(base),
                            std::move(head));
  samples.metric.margin.absolute = 0.5;
  return samples;
}

void expect_ruling(const Ruling& ruling, Finding finding,
                   const std::string& reason) {
  EXPECT_EQ(ruling.finding, finding) << ruling.reason;
  EXPECT_EQ(ruling.reason, reason);
}

TEST(ExactRule, TellsADifferenceByOneValue) {
  expect_ruling(rule_exactly(exact({78}, {79})), Finding::regressed,
                "79 where the base has 78");
  expect_ruling(rule_exactly(exact({79}, {78})), Finding::improved,
                "78 where the base has 79");
  expect_ruling(rule_exactly(exact({0}, {1})), Finding::regressed,
                "1 where the base has 0");
}

TEST(ExactRule, WritesLargeNumbersInFull) {
  expect_ruling(rule_exactly(exact({1'048'576}, {1'069'549})),
                Finding::regressed, "1,069,549 where the base has 1,048,576");
}

TEST(NoneRule, SaysThatNothingElseCame) {
  EXPECT_THAT(rule_out_any(samples_of(kErrors, {0, 0}, {1, 1}), {}).reason,
              testing::HasSubstr("up to 100 %"));
}

TEST(ExactRule, LetsPassWhatIsWithinOneOfTheMargins) {
  expect_ruling(rule_exactly(exact({10, 10.1}, {10.5, 10.5})), Finding::same,
                "");
  expect_ruling(rule_exactly(exact({200}, {201.9})), Finding::same, "");
  EXPECT_EQ(rule_exactly(exact({200}, {202.1})).finding, Finding::regressed);
}

TEST(ExactRule, DoesNotBelieveThatWhatOverlapsIsExact) {
  expect_ruling(rule_exactly(exact({2, 2, 3}, {2.9, 2.9, 3})),
                Finding::inconclusive,
                "not the same in every round: 2.9 to 3, and 2 to 3 of the "
                "base");
}

TEST(ExactRule, SaysWhatIsNotKnown) {
  expect_ruling(rule_exactly(exact({2}, {})), Finding::inconclusive,
                "no value of the new side is known");
}

TEST(NoneRule, IsASingleErrorWhereTheBaseHasNone) {
  std::vector<double> head(10, 0);
  head[4] = 0.0012;
  expect_ruling(
      rule_out_any(samples_of(kErrors, std::vector<double>(10, 0), head), {}),
      Finding::regressed,
      "in 1 of 10 rounds of the new side, up to 0.12 %, and in none of the "
      "base");
}

TEST(NoneRule, IsKeptWhereThereAreNone) {
  expect_ruling(rule_out_any(samples_of(kErrors, {0, 0}, {0, 0}), {}),
                Finding::same, "none on either side");
}

TEST(NoneRule, TellsMoreOfWhatTheBaseHasOnlyIfEveryRoundDoes) {
  const auto base = rising(10, 0.001);
  expect_ruling(
      rule_out_any(samples_of(kErrors, base, times(2, base)), {}),
      Finding::regressed,
      "in 10 of 10 rounds of the new side, up to 0.2 %, and in 10 of 10 rounds "
      "of the base, up to 0.1 %: more in every round");
  auto overlapping = times(2, base);
  overlapping.back() = base.front();
  EXPECT_EQ(rule_out_any(samples_of(kErrors, base, overlapping), {}).finding,
            Finding::inconclusive);
  EXPECT_EQ(rule_out_any(samples_of(kErrors, times(2, base), base), {}).finding,
            Finding::improved);
}

TEST(NoneRule, TakesAFewRoundsForAnAccident) {
  // One in 20 is not rarer than 0.025; one in 70 is.
  EXPECT_EQ(
      rule_out_any(samples_of(kErrors, rising(3, 0.001), rising(3, 0.002)), {})
          .finding,
      Finding::inconclusive);
  EXPECT_EQ(
      rule_out_any(samples_of(kErrors, rising(4, 0.001), rising(4, 0.002)), {})
          .finding,
      Finding::regressed);
}

TEST(NoneRule, IsNotWorseWhereOnlyTheBaseHasAny) {
  expect_ruling(rule_out_any(samples_of(kErrors, {0, 0.01}, {0, 0}), {}),
                Finding::not_worse,
                "in 0 of 2 rounds of the new side, up to 0 %, and in 1 of 2 "
                "rounds of the base, up to 1 %");
}

}  // namespace
}  // namespace sockmark
