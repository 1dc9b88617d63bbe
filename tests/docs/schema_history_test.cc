// What sockmark history writes is as docs/schema has it.
#include <gtest/gtest.h>

#include "harness/history/history_json.h"
#include "tests/docs/schema_validator.h"
#include "tests/harness/synthetic_history.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;

Json history_of_runs(const std::vector<SketchedRun>& runs,
                     std::vector<LeftOutRun> left_out = {}) {
  std::vector<MeasuredRun> all;
  for (const SketchedRun& run : runs) all.push_back(measured(run));
  return Json::parse(history_json(
      {.history = history_of(
           std::move(all),
           {.name = "cpu_ns_per_request", .label = "CPU", .unit = "ns"}, {}),
       .left_out = std::move(left_out)}));
}

// With a change point, a drift, limits, a gap and a run that was left out.
Json full() {
  auto runs = sketched_runs(60, 25);
  for (SketchedRun& run : runs) {
    run.servers[1].second *= 1 + 0.004 * run.day;
    run.servers[2].second = 0;
  }
  Json json = history_of_runs(runs, {{.run = "x", .reason = "no run"}});
  // What no single series has.
  Json& first = json["series"][0];
  first["drift"] = json["series"][1]["drift"];
  EXPECT_FALSE(first["drift"].is_null());
  EXPECT_FALSE(first["control_limits"].is_null());
  EXPECT_FALSE(first["change_points"].empty());
  EXPECT_EQ(first["points"][0]["median"].is_null(), false);
  return json;
}

TEST_F(Schemas, AllowEveryHistory) {
  SketchedRun bare{.day = 0, .servers = {{"poll", 1'000}, {"fork", 0}}};
  expect_valid({{"history", "full", full()},
                {"history", "one run", history_of_runs({bare})},
                {"history", "gaps", history_of_runs(sketched_runs(12, 99))}});
}

TEST_F(Schemas, RefuseEveryHistoryThatIsWrong) {
  expect_refused(mutants_of({"history", "full", full()}));
}

}  // namespace
}  // namespace sockmark
