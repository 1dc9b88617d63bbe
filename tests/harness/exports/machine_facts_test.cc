#include "harness/exports/machine_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/machine/environment.h"
#include "tests/harness/golden.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string failure_of(const TemporaryFolder& folder) {
  try {
    read_machine_facts(folder.path());
  } catch (const std::runtime_error& failure) {
    return failure.what();
  }
  return "";
}

TEST(MachineFacts, AreThoseOfThisMachinesEnvironment) {
  const TemporaryFolder folder;
  folder.write("environment.json", describe_environment({}, "quick"));
  const MachineFacts facts = read_machine_facts(folder.path());
  EXPECT_THAT(facts.date, testing::EndsWith("Z"));
  EXPECT_EQ(facts.preset, "quick");
  EXPECT_FALSE(facts.kernel.empty());
  EXPECT_FALSE(facts.version.empty());
  EXPECT_FALSE(facts.command.empty());
  EXPECT_EQ(facts.load_average.size(), 3);
}

TEST(MachineFacts, AreReadOfEveryKind) {
  const TemporaryFolder folder;
  folder.write("environment.json", R"({"cpus": 2, "cpu_model": "a\nb",
    "memory_bytes": 1024, "git_dirty": true, "governor": null,
    "load_average": "0.92 1.21 1.61 1/102 17675", "argv": ["sockmark", "run"],
    "frequency": {"current_hz": 2.5e9},
    "sysctls": {"kernel.randomize_va_space": "0"},
    "topology": {"caches": [
      {"level": 2, "type": "Unified", "size_bytes": 4096, "cpus": [0, 1]},
      {"level": 3, "type": "Unified", "size_bytes": null, "cpus": [0]}]}})");
  const MachineFacts facts = read_machine_facts(folder.path());
  EXPECT_EQ(facts.cpus, 2);
  EXPECT_EQ(facts.cpu_model, "a b");
  EXPECT_EQ(facts.memory_bytes, 1024);
  EXPECT_EQ(facts.is_dirty, true);
  EXPECT_EQ(facts.governor, "");
  EXPECT_THAT(facts.load_average, testing::ElementsAre(0.92, 1.21, 1.61));
  EXPECT_EQ(facts.command, "sockmark run");
  EXPECT_EQ(facts.clock_hz, 2.5e9);
  EXPECT_EQ(facts.randomizes_addresses, false);
  ASSERT_EQ(facts.caches.size(), 1);
  EXPECT_EQ(facts.caches[0].cpus, 2);
}

TEST(MachineFacts, AreFewWhereNoFileIs) {
  const TemporaryFolder folder;
  const MachineFacts facts = read_machine_facts(folder.path());
  EXPECT_EQ(facts.kernel, "");
  EXPECT_FALSE(facts.cpus || facts.clock_hz || facts.randomizes_addresses);
  EXPECT_THAT(facts.caches, IsEmpty());
  EXPECT_FALSE(facts.was_interrupted);
}

TEST(MachineFacts, AreInTheResultToo) {
  const TemporaryFolder folder;
  folder.write("result.json", R"({"interrupted": true,
                                  "environment": {"kernel": "6.1"}})");
  const MachineFacts facts = read_machine_facts(folder.path());
  EXPECT_EQ(facts.kernel, "6.1");
  EXPECT_TRUE(facts.was_interrupted);
}

TEST(MachineFacts, AreNotMadeUpFromWhatIsOfAnotherType) {
  const TemporaryFolder folder;
  folder.write("environment.json", R"({"cpus": "two", "kernel": 6,
    "git_dirty": "no", "load_average": [1], "argv": 3, "topology": []})");
  const MachineFacts facts = read_machine_facts(folder.path());
  EXPECT_FALSE(facts.cpus || facts.is_dirty);
  EXPECT_EQ(facts.kernel + facts.command, "");
  EXPECT_THAT(facts.load_average, IsEmpty());
}

TEST(MachineFacts, OfADamagedOrNewerFileAreRefused) {
  const TemporaryFolder folder;
  for (const char* const damaged : {"", "{\"cpus\": ", "[]", "null"}) {
    folder.write("environment.json", damaged);
    EXPECT_THAT(failure_of(folder), HasSubstr("environment.json is damaged"));
  }
  folder.write("environment.json", R"({"schema_version": 2})");
  EXPECT_THAT(failure_of(folder),
              HasSubstr("environment.json: schema version 2 is newer"));
  folder.write("environment.json", "{}");
  folder.write("result.json", "{\"interrupted\":");
  EXPECT_THAT(failure_of(folder), HasSubstr("result.json is damaged"));
}

}  // namespace
}  // namespace sockmark
