#include "harness/history/stored_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "harness/history/history_notes.h"
#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"
#include "tests/harness/synthetic_history.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class StoredRuns : public testing::Test {
 protected:
  fs::path add(int day, const std::string& kernel = "6.1.0") const {
    return write_run(folder_.path(),
                     {.day = day,
                      .servers = {{"poll", 10e3}, {"fork", 300e3}},
                      .kernel = kernel});
  }

  StoredHistory read() const {
    HistoryQuery query = query_;
    query.results = folder_.path();
    query.metric = "cpu_ns_per_request";
    return read_history(query);
  }

  static std::vector<std::string> names(const StoredHistory& stored) {
    std::vector<std::string> all;
    for (const MeasuredRun& run : stored.runs) all.push_back(run.facts.name);
    return all;
  }

  void replace(const fs::path& file, const std::string& text) const {
    std::ofstream(file) << text;
  }

  TemporaryFolder folder_;
  HistoryQuery query_;
};

TEST_F(StoredRuns, AreReadFromTheNewestBack) {
  for (const int day : {1, 3, 2}) add(day);
  EXPECT_THAT(names(read()), ElementsAre("20260104-120000-standard",
                                         "20260103-120000-standard",
                                         "20260102-120000-standard"));
  query_.last = 2;
  EXPECT_THAT(read().runs, SizeIs(2));
}

TEST_F(StoredRuns, SayWhenAndOfWhatTheyAre) {
  add(5);
  const StoredRunFacts facts = read().runs.at(0).facts;
  EXPECT_EQ(facts.date, "2026-01-06T12:00:00Z");
  EXPECT_EQ(facts.commit, "000005abcdef0123");
  EXPECT_EQ(facts.dirty, false);
  EXPECT_EQ(facts.machine->value("kernel"), "6.1");
}

TEST_F(StoredRuns, HaveWhatIsAskedFor) {
  add(1);
  query_.servers = {"poll"};
  ASSERT_THAT(read().runs, SizeIs(1));
  EXPECT_THAT(read().runs[0].cells, SizeIs(1));
  EXPECT_THAT(read().servers, ElementsAre("fork", "poll"));
  query_.workloads = {"short"};
  EXPECT_THAT(read().runs, IsEmpty());
}

TEST_F(StoredRuns, OfAnotherMachineAreLeftOut) {
  add(1, "5.10.0");
  add(2, "5.15.0");
  add(3);
  add(4, "6.1.99");
  const StoredHistory stored = read();
  EXPECT_THAT(stored.runs, SizeIs(2));
  const HistoryReport report{.history = {}, .left_out = stored.left_out};
  EXPECT_THAT(
      left_out_in_words(report),
      ElementsAre("left out: 2 runs of another machine: kernel 5.10 instead of "
                  "6.1 (1); kernel 5.15 instead of 6.1 (1); --any-machine "
                  "takes them in"));
  query_.any_machine = true;
  EXPECT_THAT(read().runs, SizeIs(4));
}

TEST_F(StoredRuns, OfAnUnknownMachineAreLeftOut) {
  const fs::path run = add(1);
  fs::remove(run / "environment.json");
  fs::remove(run / "result.json");
  add(2);
  ASSERT_THAT(read().runs, SizeIs(1));
  EXPECT_TRUE(read().left_out.at(0).is_of_another_machine);
}

TEST_F(StoredRuns, MayHaveTheirEnvironmentInTheResult) {
  fs::remove(add(1) / "environment.json");
  EXPECT_EQ(read().runs.at(0).facts.commit, "000001abcdef0123");
}

TEST_F(StoredRuns, SayWhetherTheyEnded) {
  add(1);
  EXPECT_TRUE(read().runs.at(0).facts.has_ended);
  fs::remove(add(2) / "result.json");
  EXPECT_FALSE(read().runs.at(0).facts.has_ended);
}

TEST_F(StoredRuns, AreOfTheDayOfTheirFirstTrialWhereNothingElseIsSaid) {
  const fs::path run = add(1);
  replace(run / "environment.json", R"({"date":"yesterday","kernel":"6.1"})");
  fs::remove(run / "result.json");
  EXPECT_EQ(read().runs.at(0).facts.date, "2026-01-02T12:00:00Z");
  replace(run / "trials.jsonl",
          to_json_line(synthetic_trial("poll", {})) + "\n");
  EXPECT_THAT(read().runs, IsEmpty());
  EXPECT_EQ(read().left_out.at(0).reason, "nothing in it says when it was run");
}

// What is wrong with a run's file, and what is said of it.
struct Damage {
  const char* file;
  std::string text;
  const char* said;
};

TEST_F(StoredRuns, ThatAreDamagedAreNamedAndLeftOut) {
  add(1);
  const fs::path good = add(2);
  const std::string trials = contents_of(good / "trials.jsonl");
  std::string newer = trials;
  newer.replace(newer.find("\"schema_version\":1"), 18, "\"schema_version\":9");
  std::string not_a_number = trials;
  not_a_number.replace(not_a_number.find("9900.0"), 6, "NaN");
  const std::vector<Damage> damages = {
      {"trials.jsonl", trials.substr(0, trials.size() - 20), "is cut off"},
      {"trials.jsonl", "{\"a\":\n" + trials, "trials.jsonl:1: "},
      {"trials.jsonl", "", "no trial"},
      {"trials.jsonl", "hello\n", "trials.jsonl:1: "},
      {"trials.jsonl", newer, "schema version 9 is newer"},
      {"trials.jsonl", trials.substr(0, trials.find('\n') + 1),
       "trials.jsonl has 1 trials, result.json 6"},
      {"trials.jsonl", not_a_number, "trials.jsonl:1: "},
      {"result.json", "{\"trials\":[", "result.json is damaged"},
      {"result.json", "{}", "result.json is damaged"},
      {"environment.json", "{}", "environment.json:1:1: "},
      {"environment.json", R"({"kernel":NaN})", "environment.json is damaged"},
      {"environment.json", "{\"date\":", "environment.json is damaged"},
      {"environment.json", R"({"schema_version":7})",
       "has the schema version 7, which is newer"},
      {"environment.json", R"({"schema_version":"x"})", "none of sockmark's"}};
  for (const Damage& damage : damages) {
    const fs::path bad = add(3);
    replace(bad / damage.file, damage.text);
    const StoredHistory stored = read();
    EXPECT_THAT(stored.runs, SizeIs(2)) << damage.said;
    ASSERT_THAT(stored.left_out, SizeIs(1)) << damage.said;
    EXPECT_EQ(stored.left_out[0].run, bad.filename());
    EXPECT_FALSE(stored.left_out[0].is_of_another_machine);
    EXPECT_THAT(stored.left_out[0].reason, HasSubstr(damage.said));
    EXPECT_EQ(stored.left_out[0].reason.find('\n'), std::string::npos);
    fs::remove_all(bad);
  }
}

TEST_F(StoredRuns, AreNotInForeignFoldersAndFiles) {
  add(1);
  fs::create_directory(folder_.path() / "notes");
  fs::create_directory(folder_.path() / ".cache");
  replace(folder_.path() / "baseline.json", "{}");
  const StoredHistory stored = read();
  EXPECT_THAT(stored.runs, SizeIs(1));
  ASSERT_THAT(stored.left_out, SizeIs(1)) << "files and hidden folders are not";
  EXPECT_EQ(stored.left_out[0].run, "notes");
  EXPECT_EQ(stored.left_out[0].reason, "it has no trials.jsonl");
}

TEST_F(StoredRuns, AreNoneWhereNobodyRanAny) {
  EXPECT_THAT(read().runs, IsEmpty());
  query_ = {.results = folder_.path() / "nowhere", .metric = "p99_ns"};
  EXPECT_THAT(read_history(query_).runs, IsEmpty());
  replace(folder_.path() / "file", "");
  query_.results = folder_.path() / "file";
  EXPECT_THROW(read_history(query_), std::runtime_error);
}

}  // namespace
}  // namespace sockmark
