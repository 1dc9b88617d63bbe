#include "loadgen/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace sockmark {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using Json = nlohmann::json;

LoadSpec spec_of_a_run() {
  LoadSpec spec;
  spec.target.host = "127.0.0.1";
  spec.target.port = 8080;
  spec.target.path = "/a";
  spec.connections = 8;
  spec.threads = 2;
  spec.duration = 2s;
  spec.warmup = 1s;
  spec.timeout = 500ms;
  return spec;
}

Tally tally_of_a_run() {
  Tally tally;
  tally.started = 30'008;
  tally.completed = 30'000;
  tally.in_flight = 5;
  tally.errors = {.reset = 1, .status = 2};
  tally.connections_opened = 9;
  tally.connections_open = 8;
  tally.closed_by_server = 1;
  tally.connections_served = 8;
  tally.connections_average = 7.9;
  tally.bytes_sent = 40'000;
  tally.bytes_received = 130'000;
  for (std::int64_t i = 1; i <= 30'000; ++i) {
    tally.total.record(1000 * i);
    tally.service.record(900 * i);
    tally.send.record(10);
    tally.first_byte.record(800 * i);
  }
  tally.series = {{.completed = 12'000, .errors = 3}, {.completed = 18'000}};
  tally.lifetime = {
      .requests_started = 45'008, .answers = 45'002, .connections_opened = 10};
  tally.measured = 2'000'000'000;
  tally.generator.cpu = 500'000'000;
  tally.timestamp_error = 70'000;
  return tally;
}

Json json_of(const LoadSpec& spec, const Tally& tally,
             const LoadVerdict& verdict = {}) {
  const std::string text = to_json(spec, tally, verdict);
  EXPECT_EQ(text.find('\n'), std::string::npos) << "one line";
  return Json::parse(text);
}

Json json_of_a_run() { return json_of(spec_of_a_run(), tally_of_a_run()); }

// What readers of the JSON count on: docs/loadgen.md.
const std::vector<std::string> kContract = {
    "/schema_version",
    "/tool/name",
    "/tool/version",
    "/tool/engine",
    "/requested/connections",
    "/requested/rate_per_second",
    "/requested/duration_ns",
    "/achieved/connections",
    "/achieved/rate_per_second",
    "/achieved/measured_ns",
    "/requests/started",
    "/requests/completed",
    "/requests/in_flight",
    "/requests/errors/connect",
    "/requests/errors/timeout",
    "/requests/errors/reset",
    "/requests/errors/closed",
    "/requests/errors/status",
    "/requests/errors/body",
    "/requests/errors/parse",
    "/requests/errors/local",
    "/connections/opened",
    "/connections/open",
    "/connections/closed_by_server",
    "/connections/closed_by_client",
    "/connections/served",
    "/bytes/sent",
    "/bytes/received",
    "/lifetime/requests_started",
    "/lifetime/answers",
    "/lifetime/connections_opened",
    "/requests_per_second",
    "/latency_ns/histogram",
    "/service_ns/histogram",
    "/series",
    "/generator/cpu_ns",
    "/generator/lateness_ns",
    "/generator/timestamp_error_ns",
    "/verdict/status",
    "/verdict/reasons",
};

const std::vector<std::string> kHistograms = {
    "/latency_ns",     "/service_ns",           "/phases_ns/connect",
    "/phases_ns/send", "/phases_ns/first_byte", "/phases_ns/total"};

const std::vector<std::string> kFigures = {"/min", "/mean", "/stdev", "/p50",
                                           "/p90", "/p99",  "/p99_9", "/max"};

void expect_contract(const Json& json) {
  std::vector<std::string> fields = kContract;
  for (const std::string& histogram : kHistograms) {
    fields.push_back(histogram + "/count");
    for (const auto& figure : kFigures) fields.push_back(histogram + figure);
  }
  for (const std::string& field : fields) {
    EXPECT_TRUE(json.contains(Json::json_pointer(field))) << field;
  }
}

TEST(Report, HasEveryFieldOfTheContract) {
  expect_contract(json_of_a_run());
  expect_contract(json_of({}, {}));
}

TEST(Report, HasWhatWasRequested) {
  const Json requested = json_of_a_run()["requested"];
  EXPECT_EQ(requested["url"], "http://127.0.0.1:8080/a");
  EXPECT_EQ(requested["connections"], 8);
  EXPECT_EQ(requested["threads"], 2);
  EXPECT_EQ(requested["keep_alive"], true);
  EXPECT_EQ(requested["warmup_ns"], 1'000'000'000);
  EXPECT_EQ(requested["duration_ns"], 2'000'000'000);
  EXPECT_EQ(requested["timeout_ns"], 500'000'000);
}

TEST(Report, HasTheCountsOfItsWholeLife) {
  const Json lifetime = json_of_a_run()["lifetime"];
  EXPECT_EQ(lifetime["requests_started"], 45'008);
  EXPECT_EQ(lifetime["answers"], 45'002);
  EXPECT_EQ(lifetime["connections_opened"], 10);
}

TEST(Report, HasNullForWhatAClosedLoopCannotKnow) {
  const Json json = json_of_a_run();
  EXPECT_TRUE(json["requested"]["rate_per_second"].is_null());
  EXPECT_TRUE(json["requested"]["requests"].is_null());
  EXPECT_TRUE(json["generator"]["lateness_ns"].is_null());
}

TEST(Report, HasNumbersThatAgree) {
  const Json json = json_of_a_run();
  EXPECT_EQ(json["requests_per_second"], 15'000.0);
  EXPECT_EQ(json["achieved"]["rate_per_second"], 15'000.0);
  EXPECT_EQ(json["achieved"]["connections"], 7.9);
  EXPECT_EQ(json["latency_ns"]["count"], json["requests"]["completed"]);
  EXPECT_EQ(json["service_ns"]["count"], json["requests"]["completed"]);
  EXPECT_EQ(json["requests"]["errors"]["status"], 2);
  EXPECT_EQ(json["connections"]["opened"], 9);
  EXPECT_EQ(json["bytes"]["received"], 130'000);
  EXPECT_EQ(json["generator"]["timestamp_error_ns"], 70'000);

  const Json latency = json["latency_ns"];
  EXPECT_EQ(latency["min"], 1000);
  EXPECT_EQ(latency["mean"], 15'000'500.0);
  EXPECT_EQ(latency["max"], 30'000'000);
  EXPECT_NEAR(latency["p50"].get<double>(), 15e6, 15'000);
  EXPECT_NEAR(latency["p99"].get<double>(), 29.7e6, 29'700);
  EXPECT_NEAR(latency["p99_9"].get<double>(), 29.97e6, 29'970);
  EXPECT_TRUE(latency["histogram"].get<std::string>().starts_with("HISTFAAAA"));
  Json total = json["phases_ns"]["total"];
  total["histogram"] = latency["histogram"];
  EXPECT_EQ(total, latency);
}

TEST(Report, HasASeriesThatStartsAtZero) {
  const Json series = json_of_a_run()["series"];
  ASSERT_EQ(series.size(), 2);
  EXPECT_EQ(series[0]["start_ns"], 0);
  EXPECT_EQ(series[0]["completed"], 12'000);
  EXPECT_EQ(series[0]["errors"], 3);
  EXPECT_EQ(series[1]["start_ns"], 100'000'000);
}

TEST(Report, HasNullForEveryFigureOfNothing) {
  const Json json = json_of(spec_of_a_run(), Tally());
  for (const std::string& histogram : kHistograms) {
    EXPECT_EQ(json.at(Json::json_pointer(histogram + "/count")), 0);
    for (const std::string& figure : kFigures) {
      EXPECT_TRUE(json.at(Json::json_pointer(histogram + figure)).is_null())
          << histogram << figure;
    }
  }
  EXPECT_TRUE(json["latency_ns"]["histogram"].is_null());
}

// In no time there is no rate; 0 would be one.
TEST(Report, HasNoRateOfNoTime) {
  const Json json = json_of(spec_of_a_run(), Tally());
  EXPECT_TRUE(json["requests_per_second"].is_null());
  EXPECT_TRUE(json["achieved"]["rate_per_second"].is_null());
}

TEST(Report, HasTheVerdictWithItsReasons) {
  const Json verdict =
      json_of(spec_of_a_run(), tally_of_a_run(),
              {.status = LoadVerdict::Status::suspect,
               .reasons = {"one \"reason\"", "two"}})["verdict"];
  EXPECT_EQ(verdict["status"], "suspect");
  EXPECT_EQ(verdict["reasons"], Json({"one \"reason\"", "two"}));
}

TEST(Report, TellsPeopleRateLatencyErrorsAndVerdict) {
  const std::string text =
      to_text(spec_of_a_run(), tally_of_a_run(),
              {.status = LoadVerdict::Status::suspect, .reasons = {"why"}});
  EXPECT_THAT(text, HasSubstr("8 connections, kept alive, 2.00 s measured\n"));
  EXPECT_THAT(text, HasSubstr("15000 per second, 30000 in all, 3 failed\n"));
  EXPECT_THAT(text, HasSubstr("p50 15.0 ms"));
  EXPECT_THAT(text, HasSubstr("reset 1"));
  EXPECT_THAT(text, HasSubstr("verdict    suspect\n             why\n"));
}

TEST(Report, TellsNoLatencyOfNothing) {
  const std::string text = to_text(spec_of_a_run(), Tally(), {});
  EXPECT_THAT(text, testing::Not(HasSubstr("latency")));
  EXPECT_THAT(text, testing::Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace sockmark
