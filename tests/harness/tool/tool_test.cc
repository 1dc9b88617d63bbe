// The adapters, against outputs of the real tools in tests/data.
#include "harness/tool/tool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "harness/tool/wrk_report.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const LoadTarget kTarget = {.url = "http://127.0.0.1:1/", .expected_body = {}};

std::string recorded(const std::string& name) {
  return contents_of(std::filesystem::path(TEST_DATA_DIR) / "wrk" / name);
}

Workload workload(bool keep_alive) {
  Workload workload;
  workload.connections = 64;
  workload.keep_alive = keep_alive;
  workload.warmup_ns = 500'000'000;
  workload.duration_ns = 2'000'000'000;
  return workload;
}

TEST(WrkReport, ReadsAKeepAliveRun) {
  const WrkReport report = read_wrk_report(recorded("keep_alive.txt"));
  EXPECT_EQ(report.requests, 94016);
  EXPECT_DOUBLE_EQ(report.elapsed_ns, 1.01e9);
  EXPECT_DOUBLE_EQ(report.requests_per_second, 93395.85);
  EXPECT_EQ(report.connections, 64);
  EXPECT_DOUBLE_EQ(*report.mean, 471.08e3);
  EXPECT_DOUBLE_EQ(*report.stdev, 337.85e3);
  EXPECT_DOUBLE_EQ(*report.max, 5.15e6);
  EXPECT_DOUBLE_EQ(*report.p50, 396e3);
  EXPECT_DOUBLE_EQ(*report.p90, 645e3);
  EXPECT_DOUBLE_EQ(*report.p99, 1.69e6);
  EXPECT_EQ(*report.bytes, static_cast<std::uint64_t>(6.99 * 1024 * 1024));
}

TEST(WrkReport, ReadsSocketErrorsAndBadStatuses) {
  EXPECT_EQ(read_wrk_report(recorded("no_content_length.txt")).read, 1196);
  EXPECT_EQ(read_wrk_report(recorded("timeouts.txt")).timeout, 16);
  EXPECT_EQ(read_wrk_report(recorded("status_503.txt")).bad_status, 58817);
}

TEST(WrkReport, HasNoLatencyWhereWrkHadNoSample) {
  for (const char* const file : {"no_answers.txt", "timeouts.txt"}) {
    const WrkReport report = read_wrk_report(recorded(file));
    EXPECT_FALSE(report.p50.has_value()) << file;
    EXPECT_FALSE(report.mean.has_value()) << file;
  }
}

TEST(WrkReport, RefusesWhatIsNoReport) {
  EXPECT_THROW(read_wrk_report(""), std::runtime_error);
  EXPECT_THROW(read_wrk_report(recorded("refused.txt")), std::runtime_error);
  const std::string cut = recorded("keep_alive.txt").substr(0, 300);
  EXPECT_THROW(read_wrk_report(cut), std::runtime_error);
}

TEST(WrkTool, KeepsWhatWrkCannotKnowNull) {
  const LoadResult load = kWrk.parse(recorded("keep_alive.txt"));
  EXPECT_EQ(load.verdict.status, Verdict::Status::valid);
  EXPECT_EQ(*load.completed, 94016);
  EXPECT_EQ(*load.errors, 0);
  EXPECT_FALSE(load.latency.p99_9.has_value());
  EXPECT_FALSE(load.connections_served.has_value());
  const auto json = nlohmann::json::parse(load.json);
  for (const char* const unknown :
       {"/requests/started", "/requests/in_flight", "/requests/errors/reset",
        "/latency_ns/histogram", "/phases_ns", "/generator"}) {
    EXPECT_TRUE(json.at(nlohmann::json::json_pointer(unknown)).is_null())
        << unknown;
  }
}

TEST(WrkTool, DoesNotCountBadStatusesAsThroughput) {
  const LoadResult load = kWrk.parse(recorded("status_503.txt"));
  EXPECT_EQ(*load.completed, 0);
  EXPECT_EQ(*load.requests_per_second, 0);
  EXPECT_EQ(*load.errors, 58817);
  EXPECT_EQ(load.verdict.status, Verdict::Status::invalid);
}

TEST(WrkTool, DistrustsARunWhoseEveryRequestWasAnErrorToo) {
  const LoadResult load = kWrk.parse(recorded("no_content_length.txt"));
  EXPECT_EQ(load.verdict.status, Verdict::Status::invalid);
  EXPECT_THAT(load.verdict.reasons, Contains(HasSubstr("socket 1196")));
}

TEST(WrkTool, BuildsItsCommandLine) {
  const auto argv = kWrk.command(workload(false), kTarget);
  EXPECT_THAT(argv, Contains("--connections=64"));
  EXPECT_THAT(argv, Contains("--duration=2s"));
  EXPECT_THAT(argv, Contains("--header=Connection: close"));
  EXPECT_THAT(kWrk.command(workload(true), kTarget),
              Not(Contains("--header=Connection: close")));
  EXPECT_THAT(kWrk.warmup_command(workload(true), kTarget),
              Contains("--duration=1s"));
}

TEST(WrkTool, RefusesAFractionOfASecond) {
  Workload fraction = workload(true);
  fraction.duration_ns = 1'500'000'000;
  EXPECT_THROW(kWrk.command(fraction, kTarget), std::invalid_argument);
}

TEST(LoadgenTool, BuildsItsCommandLine) {
  const auto argv = kLoadgen.command(workload(false), kTarget);
  EXPECT_THAT(argv, Contains("--close"));
  EXPECT_THAT(argv, Contains("--warmup=500000000ns"));
  EXPECT_EQ(argv.back(), kTarget.url);
}

TEST(Tools, HoldARateIfTheyCan) {
  Workload at_a_rate = workload(false);
  at_a_rate.rate_per_second = 2200;
  EXPECT_THAT(kLoadgen.command(at_a_rate, kTarget), Contains("--rate=2200"));
  EXPECT_THROW(kWrk.command(at_a_rate, kTarget), std::invalid_argument);
}

TEST(Tools, AskForTheStatusThatIsExpected) {
  LoadTarget target = kTarget;
  target.expected_status = 404;
  target.expected_body = "gone";
  const auto argv = kLoadgen.command(workload(true), target);
  EXPECT_THAT(argv, Contains("--expect-status=404"));
  EXPECT_THAT(argv, Contains("--expect-body=gone"));
  for (const LoadTool* tool : {&kWrk, &kH2load, &kAb}) {
    EXPECT_THROW(tool->command(workload(true), target), std::invalid_argument)
        << tool->name;
  }
}

TEST(Tools, SayWhatTheyCannotDo) {
  Workload at_a_rate = workload(true);
  at_a_rate.name = "rate";
  at_a_rate.rate_per_second = 2200;
  const std::vector<Workload> workloads = {workload(false), workload(true),
                                           at_a_rate};
  EXPECT_TRUE(left_out(workloads, {"loadgen"}).empty());
  EXPECT_THAT(left_out(workloads, {"wrk"}),
              testing::ElementsAre(HasSubstr("wrk is left out of rate")));
  EXPECT_EQ(left_out(workloads, {"ab"}).size(), 1);
  EXPECT_EQ(left_out(workloads, {"h2load"}).size(), 2);
  EXPECT_FALSE(can_put_on(kH2load, workload(false)));
  EXPECT_TRUE(can_put_on(kH2load, workload(true)));
}

TEST(Tools, FindTheirVersions) {
  EXPECT_EQ(kWrk.version_in("wrk debian/4.1.0-3+b2 [epoll] Copyright (C)\n"),
            "debian/4.1.0-3+b2");
  EXPECT_EQ(kH2load.version_in("h2load nghttp2/1.52.0\n"), "nghttp2/1.52.0");
  EXPECT_EQ(kAb.version_in("This is ApacheBench, Version 2.3 <$Revision$>\n"),
            "2.3");
  EXPECT_EQ(kLoadgen.version_in("loadgen 0.1.0\n"), "0.1.0");
  for (const LoadTool* tool : {&kWrk, &kH2load, &kAb, &kLoadgen}) {
    EXPECT_FALSE(tool->version_in("")) << tool->name;
    EXPECT_FALSE(tool->version_in("Usage: wrk <options>")) << tool->name;
  }
}

TEST(FindTool, SaysWhatThereIsForAnUnknownName) {
  for (const char* const name : {"loadgen", "wrk", "h2load", "ab"}) {
    EXPECT_EQ(find_tool(name).name, name);
  }
  EXPECT_THROW(find_tool("siege"), std::invalid_argument);
}

}  // namespace
}  // namespace sockmark
