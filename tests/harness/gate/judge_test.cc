#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/gate/comparison.h"
#include "tests/harness/gate/sampled.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kCpu = "cpu_ns_per_request";
constexpr const char* kRate = "requests_per_second";

Judgement judged(const Samples& samples, const JudgementRules& rules = {}) {
  return judge({samples}, rules).at(0);
}

// Ten pairs that all differ by about `ratio`, each by a little more.
Samples shifted(const std::string& metric, double ratio,
                std::size_t rounds = 10) {
  const auto base = rising(rounds, 100);
  auto head = base;
  for (std::size_t i = 0; i < rounds; ++i) {
    head[i] *= ratio * (1 + 1e-4 * static_cast<double>(i));
  }
  return samples_of(metric, base, head);
}

TEST(Judge, OfTenPairsThatAreAllWorseIsOneIn1024) {
  const Judgement judgement = judged(shifted(kCpu, 1.1));
  EXPECT_DOUBLE_EQ(judgement.p_worse.value(), 1.0 / 1024);
  EXPECT_DOUBLE_EQ(judgement.p_worse_adjusted.value(), 1.0 / 1024);
  EXPECT_DOUBLE_EQ(judgement.p_better.value(), 1);
  EXPECT_EQ(judgement.finding, Finding::regressed);
  EXPECT_THAT(judgement.reason, IsEmpty());
}

TEST(Judge, OfFivePairsSaysThatItNeedsMore) {
  std::vector<Samples> six;
  for (const char* const metric :
       {kCpu, kRate, "p50_ns", "p99_ns", "pss_loaded_bytes",
        "context_switches_per_request"}) {
    six.push_back(shifted(metric, 1.5, 5));
  }
  for (Samples& samples : six) {  // as many bytes as its floor is small to
    samples.base = times(1e6, samples.base);
    samples.head = times(1e6, samples.head);
  }
  for (const Judgement& judgement : judge(six, {})) {
    if (judgement.metric.name == kRate) continue;  // it got better
    EXPECT_EQ(judgement.finding, Finding::inconclusive);
    EXPECT_EQ(judgement.reason, "needs more rounds: 8 at least, has 5");
    EXPECT_FALSE(judgement.smallest_visible);
  }
}

TEST(Judge, OfUnpairedFivesThatAreApartIsTheLeastThereIs) {
  const auto base = rising(5, 100);
  const Judgement judgement = judged(samples_of(kCpu, base, times(2, base)),
                                     {.pairing = Pairing::unpaired});
  EXPECT_NEAR(2 * judgement.p_worse.value(), 0.0079365, 5e-8);
  EXPECT_EQ(judgement.finding, Finding::regressed);
  EXPECT_NEAR(judgement.estimate.value().ratio, 2, 1e-12);
}

TEST(Judge, OfUnpairedValuesSaysHowManyItNeeds) {
  const auto base = rising(3, 100);
  const Judgement judgement = judged(samples_of(kCpu, base, times(2, base)),
                                     {.pairing = Pairing::unpaired});
  EXPECT_EQ(judgement.finding, Finding::inconclusive);
  EXPECT_EQ(judgement.reason,
            "needs more values: 4 at least of each side, has 3 and 3");
}

TEST(Judge, KnowsWhichWayIsWorse) {
  EXPECT_EQ(judged(shifted(kCpu, 1.1)).finding, Finding::regressed);
  EXPECT_EQ(judged(shifted(kCpu, 0.9)).finding, Finding::improved);
  EXPECT_EQ(judged(shifted(kRate, 1.1)).finding, Finding::improved);
  EXPECT_EQ(judged(shifted(kRate, 0.9)).finding, Finding::regressed);
}

TEST(Judge, LetsPassWhatIsWithinTheMargin) {
  const Judgement judgement = judged(shifted(kCpu, 1.02));
  EXPECT_LT(judgement.p_worse.value(), 0.001);
  EXPECT_EQ(judgement.finding, Finding::same);
}

TEST(Judge, HoldsAnEstimateAgainstTheMarginOfItsMetric) {
  EXPECT_EQ(judged(shifted(kCpu, 1.04)).finding, Finding::regressed);
  EXPECT_EQ(judged(shifted("p50_ns", 1.04)).finding, Finding::same);
  EXPECT_EQ(judged(shifted(kRate, 0.96)).finding, Finding::same);
  EXPECT_EQ(judged(shifted(kRate, 0.94)).finding, Finding::regressed);
}

TEST(Judge, LetsPassWhatIsSmallInAbsoluteTerms) {
  // Twice as long, and still 40 us only.
  const auto brief = rising(10, 40'000);
  EXPECT_EQ(judged(samples_of("p99_ns", brief, times(2, brief))).finding,
            Finding::same);
  const auto slow = rising(10, 60'000);
  EXPECT_EQ(judged(samples_of("p99_ns", slow, times(2, slow))).finding,
            Finding::regressed);
  const auto small = rising(10, 2e6);
  EXPECT_EQ(
      judged(samples_of("pss_loaded_bytes", small, times(1.5, small))).finding,
      Finding::same);
}

TEST(Judge, ShowsThatItIsNotWorseWhereItMayBeBetter) {
  auto samples = shifted(kCpu, 1);
  for (std::size_t i = 0; i < samples.head.size(); ++i) {
    samples.head[i] *= i % 2 == 0 ? 1.01 : 0.93;
  }
  const Judgement judgement = judged(samples);
  EXPECT_EQ(judgement.finding, Finding::not_worse);
  EXPECT_LT(judgement.estimate.value().low90, 0.97);
  EXPECT_LE(judgement.estimate.value().high90, 1.03);
}

TEST(Judge, SaysHowFarOpenItIs) {
  auto samples = shifted(kCpu, 1);
  for (std::size_t i = 0; i < samples.head.size(); ++i) {
    samples.head[i] *= i % 2 == 0 ? 1.1 : 0.9;
  }
  const Judgement judgement = judged(samples);
  EXPECT_EQ(judgement.finding, Finding::inconclusive);
  EXPECT_EQ(judgement.reason,
            "from 9.9 % better to 10 % worse (90 % interval), where 3 % "
            "matters");
  EXPECT_GT(judgement.smallest_visible.value(), 0.05);
}

TEST(Judge, AsksMoreOfEachOfMany) {
  std::vector<Samples> many(1, shifted(kCpu, 1.1));
  for (int i = 0; i < 25; ++i) {
    many.push_back(shifted(kCpu, 1));
    many.back().cell = "cell " + std::to_string(i);
  }
  // 26 / 1024 is above 0.05 / 2, which 25 / 1024 was not.
  EXPECT_EQ(judge(many, {}).front().finding, Finding::inconclusive);
  EXPECT_THAT(judge(many, {}).front().reason,
              HasSubstr("needs more rounds: 11 at least, has 10"));
  many.pop_back();
  EXPECT_EQ(judge(many, {}).front().finding, Finding::regressed);
  // What has no values of a side is none of them, nor is what is exact.
  many.push_back(samples_of(kCpu, {}, {1}, "gone"));
  many.push_back(samples_of("bytes_received_per_request", {2}, {2}));
  EXPECT_EQ(judge(many, {}).front().finding, Finding::regressed);
}

TEST(Judge, DescribesBothSides) {
  const Judgement judgement =
      judged(samples_of(kCpu, {90, 100, 110}, {200, 200, 200}));
  EXPECT_EQ(judgement.base_median, 100);
  EXPECT_EQ(judgement.head_median, 200);
  EXPECT_NEAR(judgement.base_variation.value(), 0.14826, 1e-9);
  EXPECT_EQ(judgement.head_variation, 0);
}

TEST(Judge, SaysWhatTheIntervalCovers) {
  const RatioEstimate estimate = judged(shifted(kCpu, 1.1)).estimate.value();
  EXPECT_NEAR(estimate.ratio, 1.1, 1e-3);
  EXPECT_LT(estimate.low, estimate.low90);
  EXPECT_LT(estimate.low90, estimate.ratio);
  EXPECT_LT(estimate.high90, estimate.high);
  EXPECT_NEAR(estimate.coverage, 0.951, 1e-3);
}

TEST(Judge, ShowsSamenessByNinetyPercentOnly) {
  EXPECT_EQ(judged(shifted(kCpu, 1, 5)).finding, Finding::same);
  EXPECT_EQ(judged(shifted(kCpu, 1, 4)).finding, Finding::inconclusive);
}

TEST(Judge, OfNothingIsNothing) { EXPECT_THAT(judge({}, {}), IsEmpty()); }

TEST(Judge, KnowsTheFewestPairs) {
  EXPECT_EQ(fewest_pairs(6, {}), 8);
  EXPECT_EQ(fewest_pairs(36, {.looks = 1}), 10);
  EXPECT_EQ(fewest_pairs(36, {.looks = 2}), 11);
  EXPECT_EQ(fewest_pairs(1, {.looks = 1}), 5);
  EXPECT_EQ(fewest_pairs(0, {.looks = 1}), 5);
  EXPECT_EQ(fewest_pairs(1, {.pairing = Pairing::unpaired, .looks = 1}), 4);
  EXPECT_THROW(fewest_pairs(1, {.alpha = 0}), std::invalid_argument);
}

}  // namespace
}  // namespace sockmark
