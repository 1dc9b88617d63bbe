#include "harness/machine/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "tests/harness/fake_machine.h"

namespace sockmark {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;

Json describe(const FakeMachine& machine, const CpuPlan& cpus = {}) {
  return Json::parse(
      to_json(read_environment(machine.files(), cpus, "standard")));
}

// The names of all fields that are null; of a list's, with [].
void collect_nulls(const Json& json, const std::string& path,
                   std::set<std::string>& nulls) {
  if (json.is_null()) nulls.insert(path);
  if (json.is_array()) {
    for (const Json& one : json) collect_nulls(one, path + "[]", nulls);
  }
  if (!json.is_object()) return;
  for (const auto& [key, value] : json.items()) {
    collect_nulls(value, path.empty() ? key : path + "." + key, nulls);
  }
}

void expect_a_reason_for_each_null(const Json& environment) {
  std::set<std::string> nulls;
  collect_nulls(environment, "", nulls);
  std::set<std::string> reasons;
  for (const auto& [field, reason] : environment.at("unavailable").items()) {
    reasons.insert(field);
    EXPECT_NE(reason, "") << field;
  }
  EXPECT_EQ(nulls, reasons);
}

// Two cores of two threads.
FakeMachine& with_smt(FakeMachine& machine) {
  machine.with("/sys/devices/system/cpu/online", "0-3\n");
  for (int cpu = 0; cpu < 4; ++cpu) {
    machine.with_cpu(cpu, 0, cpu % 2 == 0 ? "0,2" : "1,3");
  }
  return machine;
}

TEST(Environment, HasAReasonForEachNullOfABareFolder) {
  const Json environment = describe(FakeMachine());
  EXPECT_GE(environment.at("unavailable").size(), 30);
  expect_a_reason_for_each_null(environment);
}

TEST(Environment, HasAReasonForEachNullOfThisMachine) {
  const Json environment =
      Json::parse(describe_environment({.server = {0}, .load = {1}}));
  expect_a_reason_for_each_null(environment);
  EXPECT_GE(environment.at("cpus"), 1);
  EXPECT_GE(environment.at("memory_bytes"), 1 << 20);
}

TEST(Environment, HasAReasonForACacheWithoutASize) {
  FakeMachine machine;
  const std::string cache = "/sys/devices/system/cpu/cpu0/cache/index0/";
  machine.with("/sys/devices/system/cpu/online", "0")
      .with(cache + "level", "1")
      .with(cache + "type", "Data")
      .with(cache + "shared_cpu_list", "0");
  const Json environment = describe(machine);
  EXPECT_EQ(environment.at("topology").at("caches").size(), 1);
  expect_a_reason_for_each_null(environment);
}

// Readers of older records look for these.
TEST(Environment, KeepsTheNamesItHadBeforeItGrewGroups) {
  FakeMachine machine;
  machine.with("/proc/cpuinfo", "model name : AMD EPYC 7B13\n")
      .with("/sys/devices/system/cpu/online", "0-1\n")
      .with("/etc/os-release", "PRETTY_NAME=\"Debian 12\"\n")
      .with("/proc/sys/net/core/somaxconn", "4096\n");
  const Json environment = describe(machine, {.server = {0}, .load = {1}});
  EXPECT_EQ(environment.at("cpu_model"), "AMD EPYC 7B13");
  EXPECT_EQ(environment.at("cpus"), 2);
  EXPECT_THAT(environment.at("cpus_of_server"), ElementsAre(0));
  EXPECT_THAT(environment.at("cpus_of_load"), ElementsAre(1));
  EXPECT_EQ(environment.at("os"), "Debian 12");
  EXPECT_EQ(environment.at("somaxconn"), "4096");
  EXPECT_EQ(environment.at("preset"), "standard");
}

TEST(Environment, HasTheCommandLine) {
  FakeMachine machine;
  machine.with("/proc/self/cmdline", std::string("sockmark\0run\0--x\0", 17));
  EXPECT_THAT(describe(machine).at("argv"),
              ElementsAre("sockmark", "run", "--x"));
}

TEST(Environment, SaysWhetherServerAndLoadShareACore) {
  FakeMachine machine;
  with_smt(machine);
  const auto shares = [&machine](const CpuPlan& cpus) {
    return describe(machine, cpus).at("server_and_load_share_a_core");
  };
  EXPECT_EQ(shares({.server = {0, 1}, .load = {2, 3}}), true);
  EXPECT_EQ(shares({.server = {0, 2}, .load = {1, 3}}), false);
  EXPECT_EQ(shares({}), true);  // one CPU for both
}

}  // namespace
}  // namespace sockmark
