// `sockmark export`, the program itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/exports/exports.h"
#include "harness/gate/comparison_json.h"
#include "harness/record/record.h"
#include "tests/harness/exports/odd_run.h"
#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"
#include "tests/harness/synthetic.h"
#include "tests/harness/temporary_folder.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::string lines_of(const std::vector<TrialRecord>& trials) {
  std::string lines;
  for (const TrialRecord& trial : trials) lines += to_json_line(trial) + "\n";
  return lines;
}

class Export : public testing::Test {
 protected:
  Outcome exported(std::vector<std::string> more) const {
    more.insert(more.begin(), {"export", folder_.path().string(), "--format"});
    return sockmark(more);
  }

  void write_trials(const std::vector<TrialRecord>& trials) const {
    folder_.write("trials.jsonl", lines_of(trials));
  }

  void expect_failure(const std::vector<std::string>& arguments, int status,
                      const std::string& said) const {
    const Outcome outcome = exported(arguments);
    EXPECT_EQ(outcome.status, status) << said;
    EXPECT_THAT(outcome.out, IsEmpty());
    EXPECT_THAT(outcome.err, HasSubstr(said));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1)
        << outcome.err;
  }

  TemporaryFolder folder_;
};

TEST_F(Export, WritesEveryFormat) {
  write_trials(sample_run());
  for (const ExportFormat& format : export_formats()) {
    const Outcome outcome = exported({format.name});
    EXPECT_EQ(outcome.status, 0) << format.name << outcome.err;
    EXPECT_EQ(outcome.out, format.write(read_exported_run(folder_.path())).text)
        << format.name;
  }
}

TEST_F(Export, NamesOnStderrWhatAFormatCannotHold) {
  write_trials(sample_run());
  EXPECT_EQ(exported({"bencher"}).err,
            "left out: fork/long/connections:64: crashed: killed by SIGSEGV "
            "(6 of 6 trials)\n");
  EXPECT_THAT(exported({"junit"}).err, IsEmpty());
}

TEST_F(Export, WritesAFileWholeOrNotAtAll) {
  write_trials(sample_run());
  const auto file = folder_.path() / "out.xml";
  const Outcome outcome = exported({"junit", "--output", file.string()});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
  EXPECT_EQ(contents_of(file), exported({"junit"}).out);
  const auto missing = (folder_.path() / "no" / "out.xml").string();
  expect_failure({"junit", "--output", missing}, 1, "cannot write " + missing);
  expect_failure({"junit", "--output", "/dev/full"}, 1,
                 "cannot write /dev/full: No space left");
  // What is in the way of the new file leaves the old one as it was.
  const std::string old = contents_of(file);
  std::filesystem::create_directory(file.string() + ".part");
  expect_failure({"csv", "--output", file.string()}, 1,
                 "cannot write " + file.string() + ".part");
  EXPECT_EQ(contents_of(file), old);
  EXPECT_TRUE(std::filesystem::exists(file.string() + ".part"));
}

TEST_F(Export, SaysThatStdoutCannotBeWritten) {
  write_trials(sample_run());
  Child child(
      {.argv = {"sh", "-c",
                std::string(BUILD_DIR) + "/bin/sockmark export " +
                    folder_.path().string() + " --format csv >/dev/full"},
       .cpus = {}});
  const Outcome outcome = finish(child);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write stdout: No space left"));
}

TEST_F(Export, SuggestsTheNearestFormat) {
  write_trials(sample_run());
  expect_failure({"jnuit"}, 2,
                 "no export format named 'jnuit' (did you mean "
                 "'junit'?): there are bencher, csv, ");
  expect_failure({""}, 2, "no export format named ''");
  const Outcome none = sockmark({"export", folder_.path().string()});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("--format is required"));
}

TEST_F(Export, RefusesWhatIsNoRun) {
  expect_failure({"csv"}, 1, "no run '");
  folder_.write("trials.jsonl", "");
  expect_failure({"csv"}, 1, "no trials in " + folder_.path().string());
}

TEST_F(Export, RefusesFilesThatAreDamaged) {
  const std::string lines = lines_of(sample_run());
  folder_.write("trials.jsonl", "{\"schema_version\":1,\n" + lines);
  expect_failure({"csv"}, 1, "trials.jsonl:1");
  folder_.write("trials.jsonl", lines);
  folder_.write("environment.json", "{\"cpus\":");
  expect_failure({"csv"}, 1, "environment.json is damaged");
  folder_.write("environment.json", "{}");
  folder_.write("comparison.json", "{\"schema_version\":");
  expect_failure({"junit"}, 1, (folder_.path() / "comparison.json").string());
}

TEST_F(Export, TellsJUnitWhatAComparisonInTheFolderFound) {
  write_trials(sample_run());
  Judgement worse;
  worse.cell = "long/poll/64 connections";
  worse.metric = trial_metrics().front();
  worse.finding = Finding::regressed;
  Comparison comparison;
  comparison.base.name = "main";
  comparison.head.name = "fast";
  comparison.judgements = {worse};
  folder_.write(kComparisonFile, to_json(comparison));
  EXPECT_THAT(exported({"junit"}).out,
              AllOf(HasSubstr("<testsuite name=\"fast against main\""),
                    HasSubstr("classname=\"long/poll/64 connections\""),
                    HasSubstr("type=\"regressed\"")));
}

TEST_F(Export, LeavesOutALastLineThatWasCutOff) {
  const std::string lines = lines_of(sample_run());
  folder_.write("trials.jsonl", lines + "{\"schema_version\":1,\"ru");
  EXPECT_EQ(exported({"csv"}).status, 0);
}

TEST_F(Export, SaysWhereThereIsNothingToTell) {
  write_trials({failed_trial("poll", TrialStatus::crashed, "gone")});
  for (const char* const format :
       {"bencher", "google-benchmark", "google-benchmark-single",
        "github-action-benchmark-bigger", "github-action-benchmark-smaller"}) {
    const auto file = folder_.path() / "out";
    const Outcome outcome = exported({format, "--output", file.string()});
    EXPECT_EQ(outcome.status, 7) << format;
    EXPECT_THAT(outcome.err,
                AllOf(HasSubstr("left out: poll/long/connections:64: crashed"),
                      HasSubstr("can be told as " + std::string(format))));
    EXPECT_FALSE(std::filesystem::exists(file)) << format;
  }
  for (const char* const format : {"csv", "junit", "markdown", "openmetrics"}) {
    EXPECT_EQ(exported({format}).status, 0) << format;
  }
}

TEST_F(Export, ListsItsFormatsInItsHelp) {
  const std::string help = sockmark({"export", "--help"}).out;
  for (const ExportFormat& format : export_formats()) {
    EXPECT_THAT(help, AllOf(HasSubstr(format.name), HasSubstr(format.summary)));
  }
}

}  // namespace
}  // namespace sockmark
