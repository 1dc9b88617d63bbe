#include "harness/compare/recorded_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "harness/compare/not_comparable.h"
#include "tests/harness/compare/made_up_run.h"
#include "tests/harness/golden.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class RecordedRunTest : public testing::Test {
 protected:
  std::string stored(const std::string& run = "20260131-120000-long",
                     const std::string& changes = "{}") const {
    return store(folder_, run, made_up_environment(changes), made_up_pair(3));
  }

  RecordedRun read(const std::string& asked) const {
    return read_recorded_run(asked, folder_.path());
  }

  // What it says of a run that it does not read.
  std::string complaint(const std::string& asked) const {
    try {
      read(asked);
    } catch (const std::runtime_error& mistake) {
      return mistake.what();
    }
    return "nothing";
  }

  TemporaryFolder folder_;
};

TEST_F(RecordedRunTest, IsFoundByPathNameAndAsLatest) {
  stored("20250131-120000-long");
  const std::string path = stored();
  for (const std::string& asked :
       {path, path + "/", std::string("20260131-120000-long"),
        std::string("latest"), path + "/result.json"}) {
    const RecordedRun run = read(asked);
    EXPECT_EQ(run.run, "20260131-120000-long") << asked;
    EXPECT_EQ(run.name, asked);
    EXPECT_EQ(run.trials.size(), 6) << asked;
    EXPECT_EQ(run.commit, "0123456789ab");
    EXPECT_EQ(run.is_dirty, false);
    EXPECT_EQ(run.fingerprint.value("cpu_model"), "Imaginary 9000");
    EXPECT_THAT(run.notes, IsEmpty());
    EXPECT_TRUE(run.has_ended);
  }
}

TEST_F(RecordedRunTest, IsDescribedByCommitDateAndRounds) {
  EXPECT_EQ(description_of(read(stored())),
            "commit 0123456789ab, 2026-01-31, 3 rounds");
  EXPECT_EQ(description_of(read(stored("b", R"({"git_dirty": true})"))),
            "commit 0123456789ab, changed since, 2026-01-31, 3 rounds");
}

TEST_F(RecordedRunTest, CountsTheLastAttemptOfARound) {
  auto trials = made_up_trials("poll", 2);
  trials.push_back(trials.back());
  trials.back().attempt = 1;
  const auto run = read(store(folder_, "again", made_up_environment(), trials));
  ASSERT_EQ(run.trials.size(), 2);
  EXPECT_EQ(run.trials.back().attempt, 1);
}

TEST_F(RecordedRunTest, SaysThatItWasCutShort) {
  const std::string path = stored();
  std::filesystem::remove(path + "/result.json");
  const RecordedRun run = read(path);
  EXPECT_FALSE(run.has_ended);
  EXPECT_THAT(run.notes, ElementsAre(HasSubstr("has no result.json")));
}

TEST_F(RecordedRunTest, SaysThatItWasInterruptedOrTooNoisy) {
  const std::string path = stored();
  std::string text = contents_of(path + "/result.json");
  text.replace(text.find("false"), 5, "true");
  text.replace(text.find("[]"), 2,
               R"([{"workload": "long", "round": 1, "reason": "a hog"}])");
  const auto file = folder_.write("result.json", text);
  const RecordedRun run = read(file.string());
  EXPECT_FALSE(run.has_ended);
  EXPECT_THAT(run.notes,
              ElementsAre(HasSubstr("was interrupted"),
                          HasSubstr("too noisy: long in round 2: a hog")));
}

TEST_F(RecordedRunTest, RefusesTrialsThatWereCutOff) {
  const std::string path = stored();
  const std::string lines = contents_of(path + "/trials.jsonl");
  folder_.write("20260131-120000-long/trials.jsonl",
                lines.substr(0, lines.size() - 50));
  EXPECT_THAT(complaint(path),
              AllOf(HasSubstr(path + "/trials.jsonl"), HasSubstr("5 trials"),
                    HasSubstr("has 6")));
}

TEST_F(RecordedRunTest, RefusesATruncatedResult) {
  const std::string text = contents_of(stored() + "/result.json");
  for (const std::size_t length : {text.size() - 3, text.size() / 2}) {
    const auto file = folder_.write("cut.json", text.substr(0, length));
    EXPECT_THAT(complaint(file.string()), AllOf(HasSubstr(file.string() + ":"),
                                                HasSubstr("syntax error")));
  }
}

TEST_F(RecordedRunTest, NamesTheFileThatIsEmptyForeignOrNoJson) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "is empty"},
      {"\n", "is empty"},
      {"# a page", "1:1"},
      {"{}", "expected what sockmark records"},
      {"[1]", "expected an object"},
      {R"({"schema_version": 1})", "expected \"environment\""},
      {R"({"schema_version": "one"})", "expected a whole number"},
      {R"({"schema_version": 1, "environment": {}, "trials": 3})",
       "expected an array"}};
  for (const auto& [text, message] : cases) {
    const auto file = folder_.write("strange.json", text);
    EXPECT_THAT(complaint(file.string()),
                AllOf(HasSubstr(file.string()), HasSubstr(message)))
        << text;
  }
}

TEST_F(RecordedRunTest, RefusesNaN) {
  std::string text = contents_of(stored() + "/result.json");
  const std::string figure = "\"cpu_ns_per_request\": 20000.0";
  ASSERT_NE(text.find(figure), std::string::npos);
  text.replace(text.find(figure), figure.size(), "\"cpu_ns_per_request\": NaN");
  const auto file = folder_.write("nan.json", text);
  EXPECT_THAT(complaint(file.string()),
              AllOf(HasSubstr(file.string() + ":"), HasSubstr("last read")));
}

TEST_F(RecordedRunTest, NamesTheTrialThatIsNone) {
  std::string text = contents_of(stored() + "/result.json");
  text.replace(text.rfind("\"ok\""), 4, "\"fine\"");
  const auto file = folder_.write("wrong.json", text);
  EXPECT_THAT(complaint(file.string()),
              AllOf(HasSubstr(file.string()), HasSubstr("\"trials\"[5]"),
                    HasSubstr("unknown status 'fine'")));
}

TEST_F(RecordedRunTest, CannotCompareANewerSchema) {
  const std::string path = stored("newer", R"({"schema_version": 2})");
  EXPECT_THROW(read(path), NotComparable);
  EXPECT_THAT(complaint(path), AllOf(HasSubstr("environment.json"),
                                     HasSubstr("schema version 2 is newer")));
}

TEST_F(RecordedRunTest, NeedsTrialsAndAnEnvironment) {
  const std::string path = store(folder_, "none", made_up_environment(), {});
  EXPECT_THAT(complaint(path), HasSubstr("has no trials"));
  const std::string bare = stored("bare");
  std::filesystem::remove(bare + "/environment.json");
  EXPECT_THAT(complaint(bare), HasSubstr(bare + "/environment.json"));
  EXPECT_THAT(complaint("nowhere"), HasSubstr("no run 'nowhere'"));
}

TEST(GoogleBenchmarkFile, IsToldFromARun) {
  EXPECT_TRUE(is_google_benchmark(R"({"context": {}, "benchmarks": []})"));
  EXPECT_FALSE(is_google_benchmark(
      made_up_result("run", made_up_environment(), made_up_pair(1))));
  EXPECT_FALSE(is_google_benchmark(R"({"benchmarks": [)"));
  EXPECT_FALSE(is_google_benchmark("[]"));
}

}  // namespace
}  // namespace sockmark
