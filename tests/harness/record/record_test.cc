#include "harness/record/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/harness/golden.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::HasSubstr;

// A run's folder with this trials.jsonl, that goes with the test.
class RecordFile : public testing::Test {
 protected:
  RecordFile() {
    std::string name = testing::TempDir() + "record_test_XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~RecordFile() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& text) {
    std::ofstream(folder_ / "trials.jsonl") << text;
  }

  std::string error() {
    try {
      read_trials(folder_);
    } catch (const std::runtime_error& bad) {
      return bad.what();
    }
    return "no error";
  }

  std::filesystem::path folder_;
};

std::string line_of(const std::string& server) {
  return to_json_line(synthetic_trial(server, {})) + '\n';
}

TEST(Record, comes_back_from_its_line_as_it_was) {
  TrialRecord trial = synthetic_trial("poll", {.errors = 2});
  trial.index = 7;
  trial.round = 2;
  trial.order = 1;
  trial.server.sha256 = "abc";
  trial.workload.rate_per_second = 2000.5;
  trial.verdict = {Verdict::Status::suspect, {"it was \"noisy\"", "a\ttab"}};
  trial.resources.peak_rss_bytes = 123;
  trial.stderr_tail = "last\nwords";
  const std::string line = to_json_line(trial);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const TrialRecord back = parse_trial(line);
  EXPECT_EQ(to_json_line(back), line);
  EXPECT_EQ(back.server.name, "poll");
  EXPECT_EQ(back.workload.rate_per_second, 2000.5);
  EXPECT_EQ(back.verdict.reasons, trial.verdict.reasons);
  EXPECT_EQ(back.load->errors, 2u);
  EXPECT_EQ(back.load->completed, 50'000u);
  EXPECT_EQ(back.resources.peak_rss_bytes, 123);
  EXPECT_EQ(back.resources.fds_peak, std::nullopt);
}

TEST(Record, comes_back_for_every_status) {
  for (const auto status :
       {TrialStatus::ok, TrialStatus::not_ready, TrialStatus::wrong_answer,
        TrialStatus::crashed, TrialStatus::hung, TrialStatus::failed,
        TrialStatus::interrupted}) {
    const TrialRecord trial = failed_trial("poll", status, "why");
    const TrialRecord back = parse_trial(to_json_line(trial));
    EXPECT_EQ(back.status, status);
    EXPECT_EQ(back.error, "why");
    EXPECT_FALSE(back.load);
  }
}

TEST(Record, survives_last_words_that_are_not_text) {
  TrialRecord trial = synthetic_trial("poll", {});
  trial.stderr_tail = "\xff\xfe\x01";
  EXPECT_THAT(parse_trial(to_json_line(trial)).stderr_tail, HasSubstr("\x01"));
}

TEST(Record, of_a_newer_schema_is_refused_with_a_remedy) {
  std::string line = line_of("poll");
  const std::string version = "\"schema_version\":1,\"run\"";
  line.replace(line.find(version), version.size(),
               "\"schema_version\":2,\"run\"");
  try {
    parse_trial(line);
    FAIL() << "accepted";
  } catch (const std::runtime_error& bad) {
    EXPECT_THAT(bad.what(), HasSubstr("newer"));
    EXPECT_THAT(bad.what(), HasSubstr("update sockmark"));
  }
}

TEST(Record, of_an_unknown_status_is_refused) {
  EXPECT_THROW(parse_trial(R"({"trial":{"index":0,"round":0,"order":0},)"
                           R"("server":{"name":"a"},"status":"bored",)"
                           R"("workload":{"name":"w","tool":"t",)"
                           R"("connections":1,"keep_alive":true}})"),
               std::runtime_error);
}

TEST(Load, that_a_tool_does_not_know_stays_unknown) {
  const LoadResult load = parse_load(
      R"({"requests_per_second":5,"latency_ns":{"p50":null},)"
      R"("requests":{"errors":{"connect":null,"timeout":2,"reset":1}}})");
  EXPECT_EQ(load.latency.p50, std::nullopt);
  EXPECT_EQ(load.completed, std::nullopt);
  EXPECT_EQ(load.errors, 3u);
  EXPECT_EQ(parse_load(R"({"requests":{"errors":{}}})").errors, std::nullopt);
  EXPECT_THROW(parse_load("not JSON"), std::runtime_error);
}

TEST(WorkloadHash, differs_as_soon_as_the_load_does) {
  Workload one, other;
  EXPECT_EQ(hash_of(one), hash_of(other));
  other.connections = 65;
  EXPECT_NE(hash_of(one), hash_of(other));
}

TEST_F(RecordFile, is_read_in_order) {
  write(line_of("poll") + line_of("select"));
  const auto trials = read_trials(folder_);
  ASSERT_EQ(trials.size(), 2u);
  EXPECT_EQ(trials[1].server.name, "select");
}

TEST_F(RecordFile, loses_only_a_last_line_that_was_cut_off) {
  const std::string torn = line_of("select");
  write(line_of("poll") + torn.substr(0, torn.size() / 2));
  const auto trials = read_trials(folder_);
  ASSERT_EQ(trials.size(), 1u);
  EXPECT_EQ(trials[0].server.name, "poll");
}

TEST_F(RecordFile, names_the_line_that_is_damaged) {
  write(line_of("poll") + "{\"trial\":\n" + line_of("select"));
  EXPECT_THAT(error(), HasSubstr("trials.jsonl:2: "));
}

TEST_F(RecordFile, that_is_missing_is_named) {
  EXPECT_THAT(error(), HasSubstr("cannot read"));
  EXPECT_THAT(error(), HasSubstr("trials.jsonl"));
}

// What is stored stays readable, and a change of the format shows.
TEST(SampleRun, is_stored_as_it_is_written_now) {
  const std::filesystem::path folder = TEST_DATA_DIR "/sample_run";
  std::string text;
  for (const TrialRecord& trial : sample_run()) {
    text += to_json_line(trial) + '\n';
  }
  expect_same_as_file(text, folder / "trials.jsonl");
  EXPECT_EQ(read_trials(folder).size(), sample_run().size());
}

}  // namespace
}  // namespace sockmark
