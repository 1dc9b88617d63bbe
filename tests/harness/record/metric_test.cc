#include "harness/record/metric.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "tests/harness/gate/sampled.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

TrialRecord trial_with_all() {
  TrialRecord trial = synthetic_trial(
      "poll", {.requests_per_second = 2'000, .errors = 100});  // 10'000 answers
  trial.load->bytes_received = 780'000;
  trial.resources.pss_loaded_bytes = 1'500'000;
  trial.resources.context_switches_voluntary = 4'000;
  trial.resources.context_switches_involuntary = 1'000;
  trial.resources.system_calls_per_request = 2.25;
  return trial;
}

TEST(Metrics, AreReadOffATrial) {
  const TrialRecord trial = trial_with_all();
  EXPECT_EQ(value_of("cpu_ns_per_request", trial), 20e3);
  EXPECT_EQ(value_of("requests_per_second", trial), 2'000);
  EXPECT_EQ(value_of("p50_ns", trial), 1e6);
  EXPECT_EQ(value_of("p99_ns", trial), 5e6);
  EXPECT_EQ(value_of("pss_loaded_bytes", trial), 1'500'000);
  EXPECT_EQ(value_of("context_switches_per_request", trial), 0.5);
  EXPECT_EQ(value_of("system_calls_per_request", trial), 2.25);
  EXPECT_EQ(value_of("bytes_received_per_request", trial), 78);
  EXPECT_DOUBLE_EQ(value_of("errors_per_request", trial).value_or(0),
                   100.0 / 10'100);
}

TEST(Metrics, AreNothingWhereATrialDoesNotKnow) {
  TrialRecord without_load = trial_with_all();
  without_load.load.reset();
  without_load.resources = {};
  TrialRecord without_answers = trial_with_all();
  without_answers.load->completed = 0;
  without_answers.load->errors = 0;
  for (const Metric& metric : trial_metrics()) {
    EXPECT_FALSE(value_of(metric.name, without_load)) << metric.name;
  }
  EXPECT_FALSE(value_of("errors_per_request", without_answers));
  EXPECT_FALSE(value_of("bytes_received_per_request", without_answers));
  EXPECT_FALSE(value_of("context_switches_per_request", without_answers));
}

TEST(Metrics, LeaveOutTheThroughputThatWasAskedFor) {
  TrialRecord trial = trial_with_all();
  trial.workload.rate_per_second = 2'000;
  EXPECT_FALSE(value_of("requests_per_second", trial));
  EXPECT_TRUE(value_of("p50_ns", trial));
}

TEST(Metrics, HaveNoOthers) {
  EXPECT_THROW(value_of("no_such", trial_with_all()), std::invalid_argument);
}

TEST(Metrics, HaveNamesOfTheirOwnAndMargins) {
  std::set<std::string> names;
  for (const Metric& metric : trial_metrics()) {
    EXPECT_TRUE(names.insert(metric.name).second) << metric.name;
    EXPECT_EQ(metric.margin.relative > 0, metric.rule != Rule::none)
        << metric.name;
    EXPECT_NO_THROW(value_of(metric.name, trial_with_all()));
  }
  EXPECT_EQ(trial_metrics().front().name, "cpu_ns_per_request");
  EXPECT_EQ(metric_named("p99_ns").margin,
            (Margin{.relative = 0.10, .absolute = 50'000}));
}

TEST(Metrics, TakeOtherMargins) {
  const Margin margin = {.relative = 0.2, .absolute = 7};
  for (const Metric& metric : metrics_with({{"p50_ns", margin}})) {
    EXPECT_EQ(metric.margin, metric.name == "p50_ns"
                                 ? margin
                                 : metric_named(metric.name).margin);
  }
}

}  // namespace
}  // namespace sockmark
