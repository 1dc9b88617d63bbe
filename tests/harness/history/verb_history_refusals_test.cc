// What sockmark history does about bad input: lines that name it, exit
// statuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/harness/history/history_verb.h"

namespace sockmark {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST_F(HistoryVerb, NamesWhatItLeavesOut) {
  add(sketched_runs(3, 99));
  write_run(folder_.path(), {.day = 3, .servers = {{"poll", 1}}});
  write_run(folder_.path(),
            {.day = 0, .servers = {{"poll", 1}}, .kernel = "5.10.0"});
  fs::create_directory(folder_.path() / "notes");
  std::ofstream(folder_.path() / "20260104-120000-standard/trials.jsonl",
                std::ios::app)
      << "{\"cut";
  const Outcome outcome = history({"--no-plots"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.err, HasSubstr("20260104-120000-standard: trials.jsonl "
                                     "is cut off"));
  EXPECT_THAT(outcome.err, HasSubstr("notes: it has no trials.jsonl"));
  EXPECT_THAT(outcome.err, HasSubstr("1 run of another machine: kernel 5.10"));
  EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 3);
}

TEST_F(HistoryVerb, ExitsWith7WhereThereIsNothing) {
  const Outcome empty = history({});
  EXPECT_EQ(empty.status, 7);
  EXPECT_EQ(empty.out, "");
  EXPECT_EQ(empty.err, "sockmark: no run in " + folder_.path().string() +
                           " yet: sockmark run makes one\n");
  fs::create_directory(folder_.path() / "notes");
  const Outcome damaged = history({"--json", "-"});
  EXPECT_EQ(damaged.status, 7);
  EXPECT_EQ(damaged.out, "");
  EXPECT_THAT(damaged.err, HasSubstr("no run is left in"));
  add(sketched_runs(2, 99));
  const Outcome unknown = history({"--server", "pol"});
  EXPECT_EQ(unknown.status, 7);
  EXPECT_THAT(unknown.err, HasSubstr(" has a server named 'pol' (did you mean "
                                     "'poll'?)"));
  EXPECT_THAT(history({"--workload", "short"}).err,
              HasSubstr(" has a workload named 'short'"));
}

TEST_F(HistoryVerb, ExitsWith7WhereNoTrialIsUsable) {
  add({{.day = 0, .servers = {{"fork", 0}}},
       {.day = 1, .servers = {{"fork", 0}}}});
  const Outcome outcome = history({"--json", "-"});
  EXPECT_EQ(outcome.status, 7);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "sockmark: no run in " + folder_.path().string() +
                             " has a figure of cpu_ns_per_request: long/fork "
                             "(loadgen): crashed: killed by SIGSEGV (3 of 3 "
                             "trials)\n");
}

TEST_F(HistoryVerb, TellsRunsThatHaveNotEnded) {
  add(sketched_runs(2, 99));
  add({{.day = 3, .servers = {{"poll", 9'800}}, .has_ended = false}});
  const Outcome outcome = history({"--no-plots"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("20260104-120000-standard goes on, was "
                                     "interrupted or has lost"));
  EXPECT_FALSE(json({}).at("runs").at(2).at("has_ended"));
}

TEST_F(HistoryVerb, SaysInALineWhatIsWrongWithItsCommandLine) {
  add(sketched_runs(2, 99));
  for (const auto& [arguments, said] :
       std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"--metric", "speed"}, "speed"},
           {{"--last", "0"}, "--last"},
           {{"--min", "5"}, "--min"},
           {{"--chart", "a", "--no-plots"}, "excludes"},
           {{"--chart", "folder/"}, "names no file"}}) {
    const Outcome outcome = history(arguments);
    EXPECT_EQ(outcome.status, 2) << said;
    EXPECT_THAT(outcome.err, HasSubstr(said));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1)
        << outcome.err;
  }
  const Outcome unwritable = history({"--json", "/no/such/folder/file"});
  EXPECT_EQ(unwritable.status, 1);
  EXPECT_THAT(unwritable.err, HasSubstr("cannot write /no/such/folder/file"));
}

}  // namespace
}  // namespace sockmark
