// h2load and ab as they may also be: crashing, talking nonsense, hanging, not
// there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "harness/tool/tool.h"
#include "harness/trial/trial.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kMillisecond = 1'000'000;

struct Fake {
  std::string tool;
  std::string variable;  // how its settings' names begin
};

std::string name_of(const testing::TestParamInfo<Fake>& fake) {
  return fake.param.tool;
}

class FakeTool : public testing::TestWithParam<Fake> {
 protected:
  FakeTool() {
    const std::filesystem::path fakes =
        std::filesystem::path(FAKE_WRK).parent_path();
    std::filesystem::copy(fakes / ("fake_" + GetParam().tool),
                          folder_.path() / GetParam().tool);
    const std::string path =
        folder_.path().string() + ":" + std::getenv("PATH");
    setenv("PATH", path.c_str(), 1);
  }

  void set(const std::string& name, const std::string& value) {
    setenv((GetParam().variable + name).c_str(), value.c_str(), 1);
  }

  TrialRecord run() {
    Workload workload;
    workload.name = "long";
    workload.tool = GetParam().tool;
    workload.connections = 4;
    workload.duration_ns = 1000 * kMillisecond;
    const ServerSpec server = {
        .name = "epoll_lt",
        .command = {std::string(SERVER_DIR) + "/epoll_lt"},
        .family = "event",
        .unit = "one loop",
        .source = "",
        .summary = ""};
    const std::atomic<bool> stop = false;
    return run_trial({.workload = workload}, server, {}, stop);
  }

  TemporaryFolder folder_;
};

TEST_P(FakeTool, HasItsFiguresInTheRecord) {
  set("OUTPUT",
      std::string(TEST_DATA_DIR) + "/" + GetParam().tool + "/keep_alive.txt");
  const TrialRecord record = run();
  EXPECT_EQ(record.status, TrialStatus::ok) << record.error;
  EXPECT_GT(record.load->completed.value_or(0), 100'000);
  const auto json = nlohmann::json::parse(record.load->json);
  EXPECT_TRUE(json["tool"]["version"].is_null());
  EXPECT_THAT(json["tool"]["version_unavailable"], HasSubstr("no version"));
}

TEST_P(FakeTool, ThatCrashesHasFailed) {
  set("MODE", "crash");
  const TrialRecord record = run();
  EXPECT_EQ(record.status, TrialStatus::failed);
  EXPECT_THAT(record.error, HasSubstr("killed by SIGSEGV"));
  EXPECT_EQ(record.verdict.status, Verdict::Status::invalid);
}

TEST_P(FakeTool, ThatTalksNonsenseHasFailed) {
  set("MODE", "garbage");
  const TrialRecord record = run();
  EXPECT_EQ(record.status, TrialStatus::failed);
  EXPECT_THAT(record.error, HasSubstr("no output of " + GetParam().tool));
  EXPECT_FALSE(record.load.has_value());
}

TEST_P(FakeTool, ThatHangsIsEndedAndNamed) {
  set("MODE", "hang");
  const TrialRecord record = run();
  EXPECT_EQ(record.status, TrialStatus::hung);
}

TEST_P(FakeTool, ThatHangsHasNoVersion) {
  set("MODE", "hang");
  const LoadTool::Version& version = find_tool(GetParam().tool).version();
  EXPECT_FALSE(version.version.has_value());
  EXPECT_THAT(version.why_not, HasSubstr("in time"));
}

TEST_P(FakeTool, ThatIsMissingIsNamedWithThePackageToInstall) {
  setenv("PATH", "/nowhere", 1);
  const LoadTool& tool = find_tool(GetParam().tool);
  try {
    require_tool(tool);
    ADD_FAILURE() << "found one";
  } catch (const std::runtime_error& missing) {
    EXPECT_THAT(missing.what(), HasSubstr("apt-get install " + tool.package));
  }
  EXPECT_THAT(tool.version().why_not, HasSubstr(tool.name));
}

INSTANTIATE_TEST_SUITE_P(, FakeTool,
                         testing::Values(Fake{"h2load", "FAKE_H2LOAD_"},
                                         Fake{"ab", "FAKE_AB_"}),
                         name_of);

}  // namespace
}  // namespace sockmark
