// Why there is no sign test: values that come in steps, most of them the same
// on both sides, are judged by exact signed ranks without more false alarms
// than are allowed, and their intervals hold the truth as often as they say.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/harness/gate/sampled.h"
#include "tests/loadgen/draws.h"

namespace sockmark {
namespace {

constexpr int kSets = 4'000;
constexpr double kPage = 4096;

// Pages that a server happens to use: with these deviations, a fifth to four
// fifths of all pairs are the same.
std::vector<double> pages(Random& random, double deviation, std::size_t n) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) {
    values.push_back(kPage * (400 + std::round(deviation * normal(random))));
  }
  return values;
}

struct Counts {
  int same_pairs = 0;  // of ten in each set
  int significant = 0;
  int covered = 0;
};

Counts count(double deviation) {
  Counts counts;
  Random random(11);
  for (int set = 0; set < kSets; ++set) {
    const auto samples =
        samples_of("pss_loaded_bytes", pages(random, deviation, 10),
                   pages(random, deviation, 10));
    const Judgement judgement = judge({samples}, {}).at(0);
    for (std::size_t i = 0; i < 10; ++i) {
      if (samples.base[i] == samples.head[i]) ++counts.same_pairs;
    }
    if (*judgement.p_worse <= 0.05) ++counts.significant;
    if (judgement.estimate->low <= 1 && 1 <= judgement.estimate->high) {
      ++counts.covered;
    }
  }
  return counts;
}

TEST(Ties, RaiseNoFalseAlarms) {
  for (const double deviation : {0.3, 0.5, 0.8}) {
    const Counts counts = count(deviation);
    EXPECT_GT(counts.same_pairs, kSets * 10 / 5) << deviation;
    // Three standard deviations above 5 % of the sets.
    EXPECT_LE(counts.significant, kSets * 6 / 100) << deviation;
    EXPECT_GE(counts.covered, kSets * 94 / 100) << deviation;
  }
}

TEST(Ties, DoNotHideADifference) {
  // Four pairs are the same, six differ all the same way: 1 in 64, where a test
  // that counts the four against a difference would say much more.
  std::vector<double> base(10, kPage * 400);
  auto head = base;
  for (std::size_t i = 0; i < 6; ++i) head[i] += kPage * 100;
  const Judgement judgement =
      judge({samples_of("pss_loaded_bytes", base, head)}, {}).at(0);
  EXPECT_DOUBLE_EQ(judgement.p_worse.value(), 1.0 / 64);
}

}  // namespace
}  // namespace sockmark
