#include "harness/gate/comparison.h"

#include <gtest/gtest.h>

#include "harness/process/exit_statuses.h"
#include "lib/exit_status.h"
#include "tests/harness/gate/sampled.h"

namespace sockmark {
namespace {

Judgement found(Finding finding, const std::string& metric = "p50_ns") {
  return {.cell = "long/poll",
          .metric = metric_named(metric),
          .base = {1},
          .head = {1},
          .finding = finding};
}

Comparison comparison_of(const std::vector<Finding>& findings) {
  Comparison comparison;
  for (const Finding finding : findings) {
    comparison.judgements.push_back(found(finding));
  }
  return comparison;
}

void expect(const Comparison& comparison, std::optional<Finding> finding,
            int status) {
  EXPECT_EQ(overall(comparison), finding);
  EXPECT_EQ(exit_status_of(comparison, false), status);
}

TEST(Comparison, IsAsBadAsItsWorst) {
  using enum Finding;
  expect(comparison_of({same, not_worse, improved, inconclusive, regressed}),
         regressed, kExitRegression);
  expect(comparison_of({same, not_worse, improved, inconclusive}), inconclusive,
         kExitOk);
  expect(comparison_of({same, not_worse, improved}), improved, kExitOk);
  expect(comparison_of({same, not_worse}), not_worse, kExitOk);
  expect(comparison_of({same}), same, kExitOk);
}

TEST(Comparison, FailsIfOpenOnlyWhereThatIsAskedFor) {
  const auto open = comparison_of({Finding::same, Finding::inconclusive});
  EXPECT_EQ(exit_status_of(open, true), kExitInconclusive);
  EXPECT_EQ(exit_status_of(comparison_of({Finding::not_worse}), true), kExitOk);
}

TEST(Comparison, IsARegressionWhereACellIsGone) {
  auto comparison = comparison_of({Finding::improved});
  comparison.fresh = {"long/select"};
  expect(comparison, Finding::improved, kExitOk);
  comparison.missing = {"long/fork"};
  expect(comparison, Finding::regressed, kExitRegression);
}

TEST(Comparison, BlamesTheSideThatFailed) {
  auto comparison = comparison_of({Finding::same});
  comparison.failed = {"base: long/fork: crashed in round 3"};
  expect(comparison, Finding::inconclusive, kExitServerFailed);
  comparison.failed.emplace_back("head: long/fork: hung in round 1");
  expect(comparison, Finding::inconclusive, kExitServerFailed);
  comparison.failed.emplace_back("head: long/poll: hung: in round 1");
  expect(comparison, Finding::regressed, kExitRegression);
}

TEST(Comparison, FindsARegressionBesideAFailure) {
  auto comparison = comparison_of({Finding::regressed});
  comparison.failed = {"base: long/fork: crashed in round 3"};
  expect(comparison, Finding::regressed, kExitRegression);
}

TEST(Comparison, BelievesOnANoisyMachineOnlyWhatIsNotNoise) {
  auto comparison = comparison_of({Finding::regressed});
  comparison.too_noisy = true;
  expect(comparison, Finding::inconclusive, kExitTooNoisy);
  comparison.judgements.push_back(
      found(Finding::regressed, "bytes_received_per_request"));
  expect(comparison, Finding::regressed, kExitRegression);
  comparison = comparison_of({Finding::same});
  comparison.too_noisy = true;
  EXPECT_EQ(exit_status_of(comparison, true), kExitTooNoisy);
  comparison.failed = {"head: long/poll: crashed in round 1"};
  expect(comparison, Finding::regressed, kExitRegression);
  comparison.failed = {"base: long/poll: crashed in round 1"};
  expect(comparison, Finding::inconclusive, kExitServerFailed);
}

TEST(Comparison, OfNothingIsNothing) {
  Comparison comparison;
  expect(comparison, std::nullopt, kExitNothingComparable);
  comparison.missing = {"long/poll"};
  comparison.fresh = {"long/select"};
  expect(comparison, std::nullopt, kExitNothingComparable);
  Judgement one_sided = found(Finding::inconclusive);
  one_sided.head.clear();
  comparison.judgements = {one_sided};
  expect(comparison, std::nullopt, kExitNothingComparable);
  comparison.too_noisy = true;
  expect(comparison, std::nullopt, kExitTooNoisy);
  comparison.failed = {"head: long/poll: not ready in round 1"};
  expect(comparison, Finding::regressed, kExitRegression);
}

TEST(Comparison, HasANameForEachFinding) {
  EXPECT_EQ(to_string(Finding::regressed), "regressed");
  EXPECT_EQ(to_string(Finding::inconclusive), "inconclusive");
  EXPECT_EQ(to_string(Finding::improved), "improved");
  EXPECT_EQ(to_string(Finding::same), "same");
  EXPECT_EQ(to_string(Finding::not_worse), "not_worse");
}

}  // namespace
}  // namespace sockmark
