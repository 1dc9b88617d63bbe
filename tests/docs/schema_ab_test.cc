// What comparisons write, in the opinion of a validator that is not ours.
#include <gtest/gtest.h>

#include "harness/ab/selfcheck.h"
#include "harness/ab/selfcheck_report.h"
#include "harness/ab/sides_record.h"
#include "harness/plan/experiment_file.h"
#include "harness/plan/setup.h"
#include "harness/server/model.h"
#include "harness/server/server_choice.h"
#include "tests/docs/schema_validator.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;

Json setup_with_sides() {
  const auto models = std::string(SERVER_DIR) + "/MODELS";
  const std::string setup =
      describe({.experiment = preset("gate"),
                .models = "",
                .servers = select_servers(read_models(models), {"poll"})});
  const SideServers base = {.side = {.arm = Arm::base,
                                     .name = "main",
                                     .kind = SideKind::revision,
                                     .path = "/repository",
                                     .commit = std::string(40, 'a')},
                            .build = "make",
                            .models = "/cache/MODELS"};
  const SideServers head = {.side = {.arm = Arm::head,
                                     .name = ".",
                                     .kind = SideKind::folder,
                                     .path = "/repository",
                                     .commit = std::string(40, 'b'),
                                     .dirty = true},
                            .manifest = "/repository/servers.json"};
  return Json::parse(with_sides(setup, base, head));
}

TEST_F(Schemas, AllowTheSidesOfAComparisonAndRefuseWrongOnes) {
  const Json valid = setup_with_sides();
  expect_valid({{"setup", "with sides", valid}});
  Cases wrong;
  for (const auto& [key, value] : valid["sides"]["head"].items()) {
    Json less = valid;
    less["sides"]["head"].erase(key);
    wrong.push_back({"setup", "a side without " + key, less});
    Json other = valid;
    other["sides"]["head"][key] = 12;
    wrong.push_back({"setup", "a side with another " + key, other});
  }
  for (const char* const arm : {"base", "head"}) {
    Json one = valid;
    one["sides"].erase(arm);
    wrong.push_back({"setup", std::string("no ") + arm, one});
  }
  Json third = valid;
  third["sides"]["tail"] = third["sides"]["head"];
  wrong.push_back({"setup", "a third side", third});
  expect_refused(wrong);
}

Json selfcheck() {
  Selfcheck check;
  check.server = "epoll_lt";
  check.workload.name = "long";
  check.per_pair = std::chrono::seconds(2);
  check.alike = {.gates = 2, .regressions = {"p50_ns"}};
  check.slowed = {.gates = 2, .regressions = {"p50_ns"}};
  check.slowdown = 0.1;
  check.measured_slowdown = 0.09;
  check.work = "spin:870ns";
  check.metrics = {{.metric = trial_metrics()[0],
                    .pairs = 20,
                    .spread = 0.01,
                    .visible = {{.pairs = 10, .worsening = 0.04}}}};
  return Json::parse(to_json(check));
}

TEST_F(Schemas, AllowASelfcheckAndRefuseAWrongOne) {
  const Json empty = Json::parse(to_json(examined({}, {})));
  expect_valid({{"selfcheck", "full", selfcheck()}});
  expect_refused(mutants_of({"selfcheck", "full", selfcheck()}));
  Json unknown = selfcheck();
  unknown["pair_ns"] = unknown["measured_slowdown"] = unknown["work"] = nullptr;
  unknown["metrics"][0]["spread"] = nullptr;
  unknown["metrics"][0]["visible"][0]["worsening"] = nullptr;
  expect_valid({{"selfcheck", "of unknowns", unknown}});
  EXPECT_TRUE(empty["pair_ns"].is_null());
}

}  // namespace
}  // namespace sockmark
