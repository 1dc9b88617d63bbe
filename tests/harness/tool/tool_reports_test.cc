// What h2load and ab printed, in tests/data, in our terms.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/tool/ab_report.h"
#include "harness/tool/h2load_report.h"
#include "harness/tool/tool.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const LoadTarget kTarget = {.url = "http://127.0.0.1:1/", .expected_body = {}};

std::string recorded(const std::string& name) {
  return contents_of(std::filesystem::path(TEST_DATA_DIR) / name);
}

Workload workload(bool keep_alive) {
  Workload workload;
  workload.connections = 64;
  workload.keep_alive = keep_alive;
  workload.warmup_ns = 500'000'000;
  workload.duration_ns = 2'000'000'000;
  return workload;
}

TEST(H2loadReport, ReadsARunWithAWarmup) {
  const auto report = read_h2load_report(recorded("h2load/keep_alive.txt"));
  EXPECT_EQ(report.clients, 64);
  EXPECT_EQ(report.measured_ns, 2'000'000'000) << "without the warm-up";
  EXPECT_DOUBLE_EQ(report.requests_per_second, 188066);
  EXPECT_EQ(report.succeeded, 376132);
  EXPECT_EQ(report.failed, 0);
  EXPECT_EQ(report.bytes, 29338296);
  EXPECT_DOUBLE_EQ(*report.mean, 340e3);
  EXPECT_DOUBLE_EQ(*report.max, 1.92e6);
  const auto brief = read_h2load_report(recorded("h2load/short_warmup.txt"));
  EXPECT_EQ(brief.measured_ns, 1'000'000'000);
}

TEST(H2loadReport, RefusesWhatIsNoReport) {
  const std::string whole = recorded("h2load/keep_alive.txt");
  for (const std::string& text :
       {std::string(), std::string("h2load: no such option"),
        whole.substr(0, whole.find("requests:"))}) {
    EXPECT_THROW(read_h2load_report(text), std::runtime_error);
  }
}

TEST(H2loadTool, KeepsWhatItCannotKnowNull) {
  const LoadResult load = kH2load.parse(recorded("h2load/keep_alive.txt"));
  EXPECT_EQ(load.verdict.status, Verdict::Status::valid);
  EXPECT_EQ(*load.errors, 0);
  EXPECT_FALSE(load.latency.p50.has_value());
  EXPECT_FALSE(load.latency.p99.has_value());
  EXPECT_FALSE(load.connections_served.has_value());
  const auto json = nlohmann::json::parse(load.json);
  EXPECT_TRUE(json["requests"]["errors"]["connect"].is_null());
  EXPECT_TRUE(json["requests"]["started"].is_null());
}

TEST(H2loadTool, CountsNoBadStatusAsAnAnswer) {
  const LoadResult load = kH2load.parse(recorded("h2load/status_404.txt"));
  EXPECT_EQ(*load.completed, 0);
  EXPECT_EQ(*load.requests_per_second, 0);
  EXPECT_EQ(*load.errors, 88);
  EXPECT_FALSE(load.latency.mean.has_value());
  EXPECT_EQ(load.verdict.status, Verdict::Status::invalid);
}

TEST(H2loadTool, DistrustsARunWithoutAnyAnswer) {
  const LoadResult load = kH2load.parse(recorded("h2load/refused.txt"));
  EXPECT_THAT(load.verdict.reasons, Contains(HasSubstr("no request")));
  EXPECT_EQ(load.verdict.status, Verdict::Status::invalid);
}

// h2load does not notice: what follows is for the harness to see.
TEST(H2loadTool, CountsWhatWasAnsweredBeforeTheServerDied) {
  const LoadResult load = kH2load.parse(recorded("h2load/server_died.txt"));
  EXPECT_EQ(*load.completed, 71435);
  EXPECT_EQ(*load.errors, 0);
}

TEST(H2loadTool, BuildsItsCommandLine) {
  const auto argv = kH2load.command(workload(true), kTarget);
  for (const char* const argument :
       {"--h1", "--clients=64", "--duration=2000ms", "--warm-up-time=500ms"}) {
    EXPECT_THAT(argv, Contains(argument));
  }
  EXPECT_EQ(argv.back(), kTarget.url);
  EXPECT_EQ(kH2load.warmup_command, nullptr);
  EXPECT_THROW(kH2load.command(workload(false), kTarget),
               std::invalid_argument);
}

TEST(AbReport, ReadsItsReportAndItsTable) {
  const auto report = read_ab_report(recorded("ab/keep_alive.txt"));
  EXPECT_EQ(report.complete, 199062);
  EXPECT_EQ(report.concurrency, 16);
  EXPECT_DOUBLE_EQ(report.elapsed_ns, 1e9);
  EXPECT_DOUBLE_EQ(report.requests_per_second, 199059.21);
  EXPECT_EQ(report.bytes, 20304324);
  EXPECT_DOUBLE_EQ(*report.p99, 434e3);
  EXPECT_DOUBLE_EQ(*report.max, 3.162e6);
}

TEST(AbReport, RefusesWhatIsNoReport) {
  EXPECT_THROW(read_ab_report(""), std::runtime_error);
  EXPECT_THROW(read_ab_report(recorded("ab/gave_up.txt")), std::runtime_error);
  const std::string whole = recorded("ab/close.txt");
  EXPECT_THROW(read_ab_report(whole.substr(0, whole.find("Requests per"))),
               std::runtime_error);
}

TEST(AbTool, KeepsWhatItCannotKnowNull) {
  for (const char* const file : {"ab/keep_alive.txt", "ab/close.txt"}) {
    const LoadResult load = kAb.parse(recorded(file));
    EXPECT_EQ(load.verdict.status, Verdict::Status::valid);
    EXPECT_GT(*load.completed, 0);
    EXPECT_GT(*load.latency.p50, 0);
    EXPECT_FALSE(load.latency.mean.has_value()) << "it is not measured";
    EXPECT_FALSE(load.latency.p99_9.has_value());
  }
}

TEST(AbTool, HasNoPercentilesOfWholeMilliseconds) {
  EXPECT_FALSE(kAb.parse(recorded("ab/lengths.txt")).latency.p50.has_value());
}

TEST(AbTool, CountsAnswersAsTheServerDid) {
  // What the server had sent when it died: 102 bytes for each answer.
  const LoadResult strict = kAb.parse(recorded("ab/lengths.txt"));
  EXPECT_EQ(*strict.completed, 9058008 / 102);
  const LoadResult lenient = kAb.parse(recorded("ab/server_died.txt"));
  EXPECT_NEAR(static_cast<double>(*lenient.completed), 7748124 / 102, 8);
  EXPECT_EQ(lenient.verdict.status, Verdict::Status::invalid);
}

TEST(AbTool, CountsNoRefusalAndNoBadStatusAsAnAnswer) {
  for (const char* const file : {"ab/refused.txt", "ab/status_404.txt"}) {
    const LoadResult load = kAb.parse(recorded(file));
    EXPECT_EQ(*load.completed, 0);
    EXPECT_EQ(*load.requests_per_second, 0);
    EXPECT_FALSE(load.latency.p99.has_value());
    EXPECT_EQ(load.verdict.status, Verdict::Status::invalid);
  }
}

TEST(AbTool, BuildsItsCommandLine) {
  const auto argv = kAb.command(workload(true), kTarget);
  EXPECT_THAT(argv, Contains("-k"));
  EXPECT_THAT(argv, Contains("-l")) << "replies may differ in length";
  LoadTarget fixed = kTarget;
  fixed.expected_body = "hello";
  EXPECT_THAT(kAb.command(workload(true), fixed), Not(Contains("-l")));
  EXPECT_THAT(kAb.command(workload(false), kTarget), Not(Contains("-k")));
  EXPECT_LT(std::find(argv.begin(), argv.end(), "-t"),
            std::find(argv.begin(), argv.end(), "-n"));
  EXPECT_THAT(kAb.warmup_command(workload(true), kTarget), Contains("1"));
}

}  // namespace
}  // namespace sockmark
