#include "harness/gate/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Trials = std::vector<TrialRecord>;

// A trial per round with so much CPU per request.
Trials poll(const std::vector<double>& cpu) {
  Trials trials;
  for (const double value : cpu) {
    trials.push_back(synthetic_trial("poll", {.cpu_ns_per_request = value}));
    trials.back().round = static_cast<int>(trials.size()) - 1;
  }
  return trials;
}

Samples cpu_in(const std::vector<Samples>& all) {
  const auto found = std::find_if(all.begin(), all.end(), [](const auto& one) {
    return one.metric.name == "cpu_ns_per_request";
  });
  if (found == all.end()) throw std::runtime_error("no CPU in these samples");
  return *found;
}

void crash(TrialRecord& trial) {
  const int round = trial.round;
  trial = failed_trial("poll", TrialStatus::crashed, "by SIGSEGV");
  trial.round = round;
}

TEST(Samples, PairTheTrialsOfARound) {
  Trials head = poll({4, 5, 6});
  std::reverse(head.begin(), head.end());
  const Samples cpu = cpu_in(paired_samples(pair_cells(poll({1, 2, 3}), head)));
  EXPECT_EQ(cpu.cell, "long/poll/64 connections");
  EXPECT_THAT(cpu.base, ElementsAre(1, 2, 3));
  EXPECT_THAT(cpu.head, ElementsAre(4, 5, 6));
}

TEST(Samples, LeaveAPairOutWhereEitherIsOfNoUse) {
  Trials base = poll({1, 2, 3, 4});
  Trials head = poll({5, 6, 7});
  crash(base[0]);
  head[1].resources.cpu_ns_per_request.reset();
  const Samples cpu = cpu_in(paired_samples(pair_cells(base, head)));
  EXPECT_THAT(cpu.base, ElementsAre(3));
  EXPECT_THAT(cpu.head, ElementsAre(7));
}

TEST(Samples, KeepAllThatIsUsableWhereTheyAreNoPairs) {
  Trials base = poll({1, 2, 3, 4});
  Trials head = poll({5, 6, 7});
  crash(base[0]);
  const Samples cpu = cpu_in(unpaired_samples(pair_cells(base, head)));
  EXPECT_THAT(cpu.base, ElementsAre(2, 3, 4));
  EXPECT_THAT(cpu.head, ElementsAre(5, 6, 7));
}

TEST(Samples, ShowAMetricThatOneSideLost) {
  Trials head = poll({5});
  head[0].resources.cpu_ns_per_request.reset();
  const auto cells = pair_cells(poll({1}), head);
  EXPECT_THAT(cpu_in(unpaired_samples(cells)).head, IsEmpty());
  EXPECT_THAT(cpu_in(paired_samples(cells)).base, IsEmpty());
}

TEST(Samples, LeaveOutWhatNeitherSideKnows) {
  Trials both = poll({1});
  both[0].resources.cpu_ns_per_request.reset();
  EXPECT_THROW(cpu_in(unpaired_samples(pair_cells(both, both))),
               std::runtime_error);
}

TEST(Samples, LeaveOutCellsThatOneSideLacksOrFailedIn) {
  EXPECT_THAT(unpaired_samples(pair_cells(poll({1}), {})), IsEmpty());
  Trials head = poll({1});
  crash(head[0]);
  EXPECT_THAT(unpaired_samples(pair_cells(poll({1}), head)), IsEmpty());
}

TEST(Samples, TakeTheMarginsThatTheyAreGiven) {
  std::vector<Metric> metrics = trial_metrics();
  std::erase_if(metrics, [](const Metric& metric) {
    return metric.name != "cpu_ns_per_request";
  });
  ASSERT_EQ(metrics.size(), 1);
  metrics[0].margin.relative = 0.5;
  const auto cells = pair_cells(poll({1}), poll({1}));
  const auto all = paired_samples(cells, metrics);
  ASSERT_EQ(all.size(), 1);
  EXPECT_DOUBLE_EQ(all[0].metric.margin.relative, 0.5);
}

}  // namespace
}  // namespace sockmark
