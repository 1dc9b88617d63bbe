#include "harness/results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <system_error>

#include "harness/stored_runs.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(RunFolder, HasEveryTrialOnDiskAsSoonAsItIsAppended) {
  const TemporaryFolder results;
  RunFolder folder(results.path(), "quick");
  const TrialRecord trial = synthetic_trial("poll", {});
  for (std::size_t written = 1; written <= 3; ++written) {
    folder.append(trial);
    EXPECT_EQ(read_trials(folder.path()).size(), written);
  }
}

TEST(RunFolder, IsNamedForThePresetAndNeverTaken) {
  const TemporaryFolder results;
  const RunFolder first(results.path(), "quick");
  const RunFolder second(results.path(), "quick");
  EXPECT_THAT(first.run(), HasSubstr("-quick"));
  EXPECT_NE(first.path(), second.path());
}

TEST(RunFolder, ReplacesAFileAsAWhole) {
  const TemporaryFolder results;
  const RunFolder folder(results.path(), "quick");
  folder.write("result.json", "old");
  folder.write("result.json", "new");
  EXPECT_EQ(contents_of(folder.path() / "result.json"), "new");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "result.json.part"));
}

TEST(RunFolder, NamesAFolderThatCannotBeMade) {
  const TemporaryFolder results;
  const auto file = results.write("file", "");
  EXPECT_THAT([&] { RunFolder(file / "results", "quick"); },
              ThrowsMessage<std::system_error>(
                  HasSubstr("cannot make " + (file / "results").string())));
}

TEST(DescribeResult, HoldsTheWholeRun) {
  const Experiment experiment = preset("quick");
  const std::vector<TrialRecord> trials = {synthetic_trial("poll", {}),
                                           synthetic_trial("epoll_lt", {})};
  const auto json = nlohmann::json::parse(
      describe_result("a-run", experiment, R"({"cpus": 2})", trials, true));
  EXPECT_EQ(json.at("schema_version"), kSchemaVersion);
  EXPECT_EQ(json.at("run"), "a-run");
  EXPECT_EQ(json.at("interrupted"), true);
  EXPECT_EQ(json.at("seed"), experiment.seed);
  EXPECT_EQ(json.at("environment").at("cpus"), 2);
  EXPECT_EQ(json.at("trials").at(1).at("server").at("name"), "epoll_lt");
}

TEST(FindRun, FindsByPathByNameAndTheLatest) {
  const TemporaryFolder results;
  for (const char* const name : {"20260101-000000-a", "20270101-000000-b"}) {
    std::filesystem::create_directory(results.path() / name);
    std::ofstream(results.path() / name / "trials.jsonl");
  }
  std::filesystem::create_directory(results.path() / "20280101-000000-empty");
  const auto first = results.path() / "20260101-000000-a";
  EXPECT_EQ(find_run(first.string(), "elsewhere"), first);
  EXPECT_EQ(find_run("20260101-000000-a", results.path()), first);
  EXPECT_THAT(find_run("latest", results.path()).string(), EndsWith("-b"));
}

TEST(FindRun, SaysWhereItLooked) {
  const TemporaryFolder results;
  EXPECT_THAT([&] { find_run("nothing", results.path()); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr((results.path() / "nothing").string())));
  EXPECT_THAT([&] { find_run("latest", results.path()); },
              ThrowsMessage<std::runtime_error>(HasSubstr("sockmark run")));
}

}  // namespace
}  // namespace sockmark
