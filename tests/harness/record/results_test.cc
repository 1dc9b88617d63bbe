#include "harness/record/results.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <stdexcept>

#include "harness/record/stored_runs.h"
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
  RunFolder folder(results.path(), "quick", "{}");
  const TrialRecord trial = synthetic_trial("poll", {});
  for (std::size_t written = 1; written <= 3; ++written) {
    folder.append(trial);
    EXPECT_EQ(read_trials(folder.path()).size(), written);
  }
}

TEST(RunFolder, IsNamedForThePresetAndNeverTaken) {
  const TemporaryFolder results;
  const RunFolder first(results.path(), "quick", "{}");
  const RunFolder second(results.path(), "quick", "{}");
  EXPECT_THAT(first.run(), HasSubstr("-quick"));
  EXPECT_NE(first.path(), second.path());
}

TEST(RunFolder, ReplacesAFileAsAWhole) {
  const TemporaryFolder results;
  const RunFolder folder(results.path(), "quick", "{}");
  folder.write("result.json", "old");
  folder.write("result.json", "new");
  EXPECT_EQ(contents_of(folder.path() / "result.json"), "new");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "result.json.part"));
}

TEST(RunFolder, NamesAFolderThatCannotBeMade) {
  const TemporaryFolder results;
  const auto file = results.write("file", "");
  EXPECT_THAT([&] { RunFolder(file / "results", "quick", "{}"); },
              ThrowsMessage<std::runtime_error>(
                  HasSubstr("cannot make " + (file / "results").string())));
}

TEST(RunFolder, HasItsSetupBeforeItIsARun) {
  const TemporaryFolder results;
  const RunFolder folder(results.path(), "quick", R"({"a": 1})");
  EXPECT_EQ(folder.read("experiment.json"), R"({"a": 1})");
}

TEST(RunFolder, DropsALineThatWasCutOffAndGoesOn) {
  const TemporaryFolder results;
  const TrialRecord trial = synthetic_trial("poll", {});
  std::filesystem::path path;
  {
    RunFolder folder(results.path(), "quick", "{}");
    path = folder.path();
    folder.append(trial);
  }
  std::ofstream(path / "trials.jsonl", std::ios::app) << R"({"run":"cut o)";
  RunFolder again = RunFolder::resume(path);
  EXPECT_EQ(read_trials(path).size(), 1);
  again.append(trial);
  EXPECT_EQ(read_trials(path).size(), 2);
  EXPECT_EQ(again.run(), path.filename().string());
}

// What a full disk does, by way of a limit on the size of files.
TEST(RunFolder, KeepsEarlierTrialsWholeWhenOneCannotBeWritten) {
  const TemporaryFolder results;
  RunFolder folder(results.path(), "quick", "{}");
  const TrialRecord trial = synthetic_trial("poll", {});
  const auto line = to_json_line(trial).size() + 1;
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
  limit.rlim_cur = 2 * line + line / 2;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  folder.append(trial);
  folder.append(trial);
  EXPECT_THAT([&] { folder.append(trial); },
              ThrowsMessage<std::runtime_error>(testing::AllOf(
                  HasSubstr((folder.path() / "trials.jsonl").string()),
                  HasSubstr("--resume"))));
  EXPECT_EQ(read_trials(folder.path()).size(), 2);
  EXPECT_EQ(std::filesystem::file_size(folder.path() / "trials.jsonl"),
            2 * line);
  const std::string huge(3 * line, 'x');
  EXPECT_THROW(folder.write("experiment.json", huge), std::runtime_error);
  EXPECT_EQ(folder.read("experiment.json"), "{}");
}

TEST(FindRun, KnowsARunThatIsFinished) {
  const TemporaryFolder run;
  EXPECT_FALSE(is_finished(run.path()));
  run.write("result.json", R"({"interrupted": true})");
  EXPECT_FALSE(is_finished(run.path()));
  run.write("result.json", R"({"interrupted": false})");
  EXPECT_TRUE(is_finished(run.path()));
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
