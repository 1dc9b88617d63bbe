// What has no logarithm, never differs, or is no number.
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "harness/gate/comparison.h"
#include "tests/harness/gate/sampled.h"

namespace sockmark {
namespace {

constexpr const char* kCpu = "cpu_ns_per_request";

Judgement judged(const Samples& samples, const JudgementRules& rules = {}) {
  return judge({samples}, rules).at(0);
}

TEST(JudgeEdges, KnowsThatWhatNeverDiffersIsTheSame) {
  const std::vector<double> pages(10, 4096 * 350.0);
  const Judgement judgement =
      judged(samples_of("pss_loaded_bytes", pages, pages));
  EXPECT_EQ(judgement.finding, Finding::same);
  EXPECT_EQ(judgement.p_worse, 1);
}

TEST(JudgeEdges, ComparesWhatIsZeroByDifferences) {
  const std::string metric = "context_switches_per_request";
  const std::vector<double> none(10, 0);
  Judgement judgement = judged(samples_of(metric, none, rising(10, 0.01)));
  EXPECT_EQ(judgement.finding, Finding::same);
  EXPECT_FALSE(judgement.estimate);
  EXPECT_FALSE(judgement.smallest_visible);
  judgement = judged(samples_of(metric, none, rising(10, 1)));
  EXPECT_EQ(judgement.finding, Finding::regressed);
  judgement = judged(samples_of(metric, rising(10, 1), none));
  EXPECT_EQ(judgement.finding, Finding::improved);
  auto varied = rising(10, 0.01);
  varied[3] = varied[7] = 0.4;
  judgement = judged(samples_of(metric, none, varied));
  EXPECT_EQ(judgement.finding, Finding::inconclusive);
  EXPECT_EQ(
      judgement.reason,
      "from 0.01 worse to 0.21 worse (90 % interval), where 0.05 matters");
}

TEST(JudgeEdges, WritesLargeChangesInFull) {
  const auto base = rising(10, 1'000);
  auto head = base;
  for (std::size_t i = 0; i < head.size(); ++i) head[i] *= i % 2 == 0 ? 4 : 0.5;
  EXPECT_EQ(judged(samples_of(kCpu, base, head)).reason,
            "from 50 % better to 300 % worse (90 % interval), where 3 % "
            "matters");
}

TEST(JudgeEdges, SaysWhatItCannotCompare) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> many(401, 1);
  const std::vector<std::pair<Samples, std::string>> cases = {
      {samples_of(kCpu, {}, {1, 2}), "no value of the base is known"},
      {samples_of(kCpu, {1}, {}), "no value of the new side is known"},
      {samples_of(kCpu, {}, {}), "no value of either side is known"},
      {samples_of(kCpu, {1, nan}, {1, 2}), "a value is not a number"},
      {samples_of(kCpu, {1, 2}, {1, infinity}), "a value is not a number"},
      {samples_of(kCpu, many, many),
       "more values than can be judged: 400 at most of a side"}};
  for (const auto& [samples, said] : cases) {
    const Judgement judgement = judged(samples);
    EXPECT_EQ(judgement.finding, Finding::inconclusive);
    EXPECT_EQ(judgement.reason, said);
    EXPECT_FALSE(judgement.estimate);
  }
}

TEST(JudgeEdges, RefusesPairsThatAreNone) {
  EXPECT_THROW(judged(samples_of(kCpu, {1, 2}, {1})), std::invalid_argument);
  EXPECT_NO_THROW(
      judged(samples_of(kCpu, {1, 2}, {1}), {.pairing = Pairing::unpaired}));
}

}  // namespace
}  // namespace sockmark
