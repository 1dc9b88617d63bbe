#include "harness/exports/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/exports/consumer.h"
#include "tests/harness/exports/odd_run.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Null if there is none.
Json case_named(const Json& cases, const std::string& class_name,
                const std::string& name) {
  for (const Json& one : cases) {
    if (one.at("classname") == class_name && one.at("name") == name) {
      return one;
    }
  }
  ADD_FAILURE() << "no case " << class_name << " " << name;
  return {{"outcome", ""},
          {"message", ""},
          {"output", ""},
          {"properties", Json::object()}};
}

Json case_of(const Json& cases, const std::string& server) {
  return case_named(cases, "long", server + "/c64");
}

Judgement judgement(const std::string& metric, Finding finding) {
  Judgement one;
  one.cell = "long/poll/64 connections";
  one.metric.name = metric;
  one.metric.label = metric;
  one.finding = finding;
  one.base_median = 100;
  one.head_median = 120;
  one.estimate = RatioEstimate{.ratio = 1.2, .low = 1.1, .high = 1.3};
  one.p_worse_adjusted = 0.001;
  return one;
}

Comparison comparison() {
  Comparison all;
  all.base = {.name = "main", .description = "commit 1 & more"};
  all.head = {.name = "fast", .description = "commit 2"};
  all.judgements = {judgement("cpu_ns_per_request", Finding::regressed),
                    judgement("p50_ns", Finding::inconclusive),
                    judgement("p99_ns", Finding::same),
                    judgement("requests_per_second", Finding::improved),
                    judgement("pss_loaded_bytes", Finding::not_worse)};
  all.judgements[1].estimate.reset();
  all.judgements[1].reason = "too few rounds";
  return all;
}

TEST(JUnit, HasACasePerCell) {
  const ExportedRun run = exported_run(odd_trials());
  CONSUME(junit, "junit", export_junit(run).text);
  std::size_t cells = 0;
  for (const WorkloadCells& group : run.groups) cells += group.cells.size();
  EXPECT_EQ(junit.read.size(), cells);
  const Json poll = case_of(junit.read, "poll");
  EXPECT_EQ(poll.at("outcome"), "passed");
  EXPECT_DOUBLE_EQ(poll.at("time"), 30);
  EXPECT_EQ(poll.at("properties").at("requests_per_second"), "10250");
  EXPECT_EQ(poll.at("properties").at("requests_per_second.low"), "10000");
  EXPECT_EQ(poll.at("properties").at("usable_trials"), "6");
}

TEST(JUnit, TellsApartWhatSharesAName) {
  CONSUME(junit, "junit", export_junit(exported_run(odd_trials())).text);
  for (const char* const name :
       {"poll/c128", "poll/c64/tool:wrk",
        "poll/c64/body:1024/work:spin:10us/idle:500"}) {
    EXPECT_EQ(case_named(junit.read, "long", name).at("outcome"), "passed");
  }
  EXPECT_EQ(case_named(junit.read, "rate", "poll/c64/rate:2000").at("outcome"),
            "passed");
}

TEST(JUnit, FailsWhereAServerDid) {
  CONSUME(junit, "junit", export_junit(exported_run(odd_trials())).text);
  EXPECT_EQ(case_of(junit.read, "dead").at("outcome"), "failure");
  EXPECT_EQ(case_of(junit.read, "dead").at("message"),
            "crashed: said \"no \" & <died>, twice \\ ]]> (6 of 6 trials)");
  EXPECT_EQ(case_of(junit.read, "weak").at("outcome"), "failure");
  EXPECT_THAT(case_of(junit.read, "weak").at("message"),
              HasSubstr("killed by SIGSEGV (1 of 6 trials)"));
  EXPECT_EQ(case_of(junit.read, "untrue").at("outcome"), "failure");
  EXPECT_EQ(case_of(junit.read, "absent").at("outcome"), "skipped");
  EXPECT_THAT(case_of(junit.read, "absent").at("message"),
              HasSubstr("no io_uring here"));
}

TEST(JUnit, PassesWithItsDoubtsAndWithAFewInvalidTrials) {
  auto trials = odd_trials();
  trials.front().verdict = {.status = Verdict::Status::invalid,
                            .reasons = {"late"}};
  CONSUME(junit, "junit", export_junit(exported_run(trials)).text);
  EXPECT_EQ(case_of(junit.read, "doubtful").at("outcome"), "passed");
  EXPECT_EQ(case_of(junit.read, "doubtful").at("output"),
            "suspect: others used 7 % of a core & more (6 of 6 trials)");
  EXPECT_EQ(case_of(junit.read, "poll").at("outcome"), "passed");
  EXPECT_THAT(case_of(junit.read, "poll").at("output"),
              HasSubstr("left out: invalid: late (1 of 6 trials)"));
}

TEST(JUnit, DropsWhatXmlCannotHave) {
  const std::string xml = junit_xml({{.name = "a\x01\x1f\x7f\xef\xbf\xbf"
                                              "b\n<\"&'>",
                                      .properties = {},
                                      .cases = {}}});
  EXPECT_THAT(xml, HasSubstr("name=\"ab&#10;&lt;&quot;&amp;'&gt;\""));
  CONSUME(junit, "junit", xml);
}

TEST(JUnit, HasWhatAComparisonFound) {
  ExportedRun run = exported_run(sample_run());
  run.comparison = comparison();
  CONSUME(junit, "junit", export_junit(run).text);
  const auto found = [&](const char* metric) {
    return case_named(junit.read, "long/poll/64 connections", metric);
  };
  EXPECT_EQ(found("cpu_ns_per_request").at("outcome"), "failure");
  EXPECT_EQ(found("cpu_ns_per_request").at("message"),
            "cpu_ns_per_request regressed: +20.0 % [+10.0 %, +30.0 %]");
  EXPECT_EQ(found("cpu_ns_per_request").at("properties").at("ratio"), "1.2");
  EXPECT_EQ(found("p50_ns").at("outcome"), "skipped");
  EXPECT_THAT(found("p50_ns").at("message"), HasSubstr("too few rounds"));
  for (const char* const fine :
       {"p99_ns", "requests_per_second", "pss_loaded_bytes"}) {
    EXPECT_EQ(found(fine).at("outcome"), "passed") << fine;
  }
}

TEST(JUnit, FailsWhereACellOfTheBaseIsMissingOrFailed) {
  ExportedRun run = exported_run(sample_run());
  run.comparison = Comparison{
      .base = {.name = "main", .description = ""},
      .head = {.name = "fast", .description = ""},
      .missing = {"short/poll/64 connections"},
      .fresh = {"short/new/64 connections"},
      .failed = {"head: long/fork/64 connections: crashed in round 3",
                 "base: long/poll/64 connections: hung in round 1"}};
  CONSUME(junit, "junit", export_junit(run).text);
  const auto outcome = [&](const char* cell, const char* what) {
    return case_named(junit.read, cell, what).at("outcome");
  };
  EXPECT_EQ(outcome("short/poll/64 connections", "missing"), "failure");
  EXPECT_EQ(outcome("short/new/64 connections", "new"), "passed");
  EXPECT_EQ(outcome("long/fork/64 connections", "failed"), "failure");
  EXPECT_EQ(outcome("long/poll/64 connections", "base failed"), "skipped");
}

TEST(JUnit, BelievesNoRegressionOfANoisyMachineButAnExactOne) {
  Comparison noisy = comparison();
  noisy.too_noisy = true;
  noisy.judgements[2].finding = Finding::regressed;
  noisy.judgements[2].metric.rule = Rule::exact;
  const JUnitSuite suite = junit_suite_of(noisy);
  EXPECT_EQ(suite.cases[0].outcome, JUnitCase::Outcome::skipped);
  EXPECT_THAT(suite.cases[0].message, HasSubstr("too noisy"));
  EXPECT_EQ(suite.cases[2].outcome, JUnitCase::Outcome::failure);
}

TEST(JUnit, IsAsAgreedOnAPlainRun) {
  std::vector<TrialRecord> trials = sample_run();
  trials.resize(36);
  expect_same_as_file(export_junit(exported_run(trials)).text,
                      SOURCE_DIR "/tests/golden/junit.xml");
}

}  // namespace
}  // namespace sockmark
