#include "harness/ab/selfcheck.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "harness/ab/selfcheck_report.h"
#include "harness/text/text.h"

namespace sockmark {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Metric metric_named(const std::string& name) {
  for (const Metric& metric : trial_metrics()) {
    if (metric.name == name) return metric;
  }
  throw std::logic_error(name);
}

// The new side uses `factor` as much CPU; pairs differ by `spread` in turns,
// one more than the other so that none are tied.
Judgement cpu(double factor, double spread, std::size_t pairs,
              Finding finding = Finding::same) {
  Judgement judgement = {.cell = "long/epoll_lt/64 connections",
                         .metric = metric_named("cpu_ns_per_request"),
                         .base = {},
                         .head = {},
                         .finding = finding};
  for (std::size_t i = 0; i < pairs; ++i) {
    const double swing =
        (i % 2 == 0 ? 1 : -1) * spread * (1 + 0.001 * static_cast<double>(i));
    judgement.base.push_back(20'000);
    judgement.head.push_back(20'000 * factor * std::exp(swing));
  }
  return judgement;
}

TimedComparison gate(const Judgement& judgement) {
  Comparison comparison;
  comparison.rounds = static_cast<int>(judgement.base.size());
  comparison.judgements = {judgement};
  return {.comparison = comparison, .took = seconds(20)};
}

TEST(Selfcheck, CountsFalseAlarmsAndWhatWasSeen) {
  const Selfcheck check = examined(
      {gate(cpu(1, 0.01, 10)), gate(cpu(1, 0.01, 20, Finding::inconclusive)),
       gate(cpu(1, 0.01, 10, Finding::regressed))},
      {gate(cpu(1.1, 0.01, 10, Finding::regressed)),
       gate(cpu(1.1, 0.01, 10, Finding::inconclusive))});
  EXPECT_EQ(check.alike.gates, 3);
  EXPECT_EQ(check.alike.regressed, 1);
  EXPECT_EQ(check.alike.inconclusive, 1);
  EXPECT_THAT(check.alike.regressions, ElementsAre("cpu_ns_per_request"));
  EXPECT_EQ(check.slowed.gates, 2);
  EXPECT_EQ(check.seen, 1);
  EXPECT_FALSE(can_be_trusted(check));
}

TEST(Selfcheck, TrustsAGateThatRaisedNoFalseAlarmAndSawFourOfFive) {
  Selfcheck check;
  check.alike = {.gates = 5, .regressed = 0, .regressions = {}};
  check.slowed = {.gates = 5, .regressions = {}};
  check.seen = 4;
  EXPECT_TRUE(can_be_trusted(check));
  check.seen = 3;
  EXPECT_FALSE(can_be_trusted(check));
  check.seen = 5;
  check.alike.regressed = 1;
  EXPECT_FALSE(can_be_trusted(check));
  check.alike.regressed = 0;
  check.seen = check.slowed.gates = 0;
  EXPECT_FALSE(can_be_trusted(check)) << "nobody knows";
  EXPECT_THAT(to_text(check), HasSubstr("Nothing was slowed"));
}

TEST(Selfcheck, SeesNothingInAGateThatWasTooNoisy) {
  TimedComparison noisy = gate(cpu(1.1, 0.01, 10, Finding::regressed));
  noisy.comparison.too_noisy = true;
  const Selfcheck check = examined({gate(cpu(1, 0.01, 10))}, {noisy});
  EXPECT_EQ(check.seen, 0);
  EXPECT_EQ(check.slowed.too_noisy, 1);
}

TEST(Selfcheck, BlamesAServerThatFailed) {
  TimedComparison failed = gate(cpu(1, 0.01, 10));
  failed.comparison.failed = {"head: long/epoll_lt: crashed in round 1"};
  const Selfcheck check = examined(
      {failed, failed}, {gate(cpu(1.1, 0.01, 10, Finding::regressed))});
  EXPECT_THAT(check.alike.failed, ElementsAre(failed.comparison.failed[0]));
  EXPECT_TRUE(has_failed(check));
  EXPECT_FALSE(can_be_trusted(check));
  EXPECT_THAT(to_text(check), HasSubstr("crashed in round 1"));
  EXPECT_THAT(to_json(check), HasSubstr("crashed in round 1"));
}

TEST(Selfcheck, MeasuresTheSpreadOfPairs) {
  const Selfcheck check =
      examined({gate(cpu(1, 0.02, 10)), gate(cpu(1, 0.02, 10))}, {});
  ASSERT_EQ(check.metrics.size(), 1);
  EXPECT_EQ(check.metrics[0].pairs, 20);
  // All lie 2 % from their centre; the MAD of a normal one would be 0.674 SD.
  EXPECT_NEAR(check.metrics[0].spread.value(), 1.4826 * 0.02, 0.002);
  EXPECT_EQ(check.per_pair, seconds(2));
}

TEST(Selfcheck, SeesSmallerSlowdownsInMorePairs) {
  const Selfcheck check =
      examined({gate(cpu(1, 0.05, 20)), gate(cpu(1, 0.05, 20))}, {});
  const auto& visible = check.metrics.at(0).visible;
  ASSERT_EQ(visible.size(), 3);
  EXPECT_EQ(visible[0].pairs, 10);
  EXPECT_EQ(visible[2].pairs, 40);
  ASSERT_TRUE(visible[0].worsening && visible[1].worsening &&
              visible[2].worsening);
  EXPECT_GT(*visible[0].worsening, *visible[1].worsening);
  EXPECT_GT(*visible[1].worsening, *visible[2].worsening);
}

TEST(Selfcheck, KnowsNothingOfNothing) {
  const Selfcheck check = examined({}, {});
  EXPECT_FALSE(check.per_pair);
  EXPECT_FALSE(base_cpu_ns({}));
  EXPECT_FALSE(added_share({}));
  EXPECT_THAT(to_json(check), HasSubstr("\"metrics\": []"));
}

TEST(Selfcheck, FindsOutWhatASpinAdds) {
  const std::vector<TimedComparison> alike = {gate(cpu(1, 0.01, 10))};
  EXPECT_DOUBLE_EQ(base_cpu_ns(alike).value(), 20'000);
  EXPECT_NEAR(added_share({gate(cpu(1.12, 0.001, 10))}).value(), 0.12, 0.002);
}

TEST(Selfcheck, IsTold) {
  Selfcheck check = examined({gate(cpu(1, 0.02, 20))},
                             {gate(cpu(1.1, 0.01, 10, Finding::regressed))});
  check.server = "epoll_lt";
  check.workload.name = "long";
  check.slowdown = 0.1;
  check.work = "spin:870ns";
  const std::string text = to_text(check);
  EXPECT_THAT(
      text, AllOf(HasSubstr("epoll_lt"), HasSubstr("0 false alarms in 1 gate"),
                  HasSubstr("spin:870ns"), HasSubstr("seen in 1 of 1 gate"),
                  HasSubstr("CPU/request"), HasSubstr("20 pairs"),
                  HasSubstr("can be trusted")));
  const auto json = nlohmann::json::parse(to_json(check));
  EXPECT_EQ(json.at("alike").at("gates"), 1);
  EXPECT_EQ(json.at("seen"), 1);
  EXPECT_EQ(json.at("trusted"), true);
  EXPECT_EQ(json.at("metrics")[0].at("visible")[1].at("pairs"), 20);
}

TEST(SpinFor, LiesOnTheLineThroughTwoTries) {
  const SpinTry nothing;
  const SpinTry much = {.spin = nanoseconds(330), .added = 0.15};
  const SpinTry less = {.spin = nanoseconds(220), .added = 0.09};
  EXPECT_EQ(spin_for(0.1, nothing, much), nanoseconds(220));
  EXPECT_EQ(spin_for(0.1, much, less), nanoseconds(238));
  EXPECT_EQ(spin_for(0.1, less, much), nanoseconds(238));
}

TEST(SpinFor, IsAShortOneWhereNoneIsShortEnough) {
  const SpinTry one = {.spin = nanoseconds(1), .added = 0.15};
  EXPECT_EQ(spin_for(0.1, {}, one), nanoseconds(1));
  EXPECT_EQ(spin_for(0.1, {.spin = nanoseconds(300), .added = 0.16}, one),
            nanoseconds(1));
}

TEST(SpinFor, GoesNoFurtherThanNoiseLetsIt) {
  const SpinTry none = {.spin = nanoseconds(300), .added = -0.01};
  EXPECT_EQ(spin_for(0.1, {}, none), nanoseconds(300));
  const SpinTry hardly = {.spin = nanoseconds(300), .added = 0.001};
  EXPECT_EQ(spin_for(0.1, {}, hardly), nanoseconds(600));
  const SpinTry longer = {.spin = nanoseconds(400), .added = 0.05};
  EXPECT_EQ(spin_for(0.1, {.spin = nanoseconds(300), .added = 0.06}, longer),
            nanoseconds(800));
}

TEST(SelfcheckTable, IsNoWiderThanATerminal) {
  Selfcheck check = examined({gate(cpu(1, 0.02, 160))}, {});
  check.server = "epoll_lt";
  check.workload.name = "long";
  check.metrics.front().metric.label = "system calls/request";
  check.metrics.front().visible.front().worsening = 233.2;
  const std::string text = to_text(check);
  EXPECT_THAT(text, HasSubstr(" x234 ")) << "not 23320 %";
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(display_width(line), 80) << line;
  }
}

}  // namespace
}  // namespace sockmark
