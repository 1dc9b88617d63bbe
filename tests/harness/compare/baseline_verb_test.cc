// sockmark baseline: files, messages, exit statuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "harness/compare/baseline_file.h"
#include "tests/harness/compare/made_up_run.h"
#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

void expect_one_line(const std::string& text) {
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
}

class BaselineVerb : public testing::Test {
 protected:
  std::string run(const std::string& name, double factor = 1,
                  const std::string& changes = "{}") const {
    return store(folder_, name, made_up_environment(changes),
                 made_up_pair(10, factor));
  }

  std::string in_folder(const std::string& name) const {
    return (folder_.path() / name).string();
  }

  Outcome baseline(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "baseline");
    arguments.insert(arguments.end(), {"--file", in_folder("baseline.json")});
    return sockmark(arguments);
  }

  // With so many runs of a commit whose name is its number.
  void add_history(int entries) const {
    for (int i = 0; i < entries; ++i) {
      const std::string name = "history" + std::to_string(i);
      run(name, 1 + 0.01 * (i % 3));
      const Outcome added = baseline({"add", in_folder(name)});
      ASSERT_EQ(added.status, 0) << added.err;
    }
  }

  TemporaryFolder folder_;
};

TEST_F(BaselineVerb, AddsRunsAndTripsOnASlowOne) {
  add_history(8);
  const auto stored = read_baseline(in_folder("baseline.json"));
  ASSERT_EQ(stored.entries.size(), 8);
  EXPECT_EQ(stored.entries[7].run, "history7");
  const Outcome fine = baseline({"check", run("now"), "--strict"});
  EXPECT_EQ(fine.status, 0) << fine.err;
  EXPECT_THAT(fine.out, HasSubstr("Nothing tripped"));
  const std::string slow = run("slow", 1.4);
  const Outcome hint = baseline({"check", slow});
  EXPECT_EQ(hint.status, 0);
  EXPECT_THAT(hint.out, AllOf(HasSubstr("TRIPPED"),
                              HasSubstr("sockmark ab 0123456789ab HEAD")));
  EXPECT_EQ(baseline({"check", slow, "--strict"}).status, 4);
}

TEST_F(BaselineVerb, ExitsWith7WithoutAComparableBaseline) {
  const std::string now = run("now");
  const Outcome none = baseline({"check", now});
  EXPECT_EQ(none.status, 7);
  EXPECT_THAT(none.err, AllOf(HasSubstr("no comparable baseline"),
                              HasSubstr(in_folder("baseline.json"))));
  add_history(7);
  EXPECT_THAT(baseline({"check", now}).err, HasSubstr("takes 8"));
  EXPECT_EQ(baseline({"check", now}).status, 7);
  const Outcome other = baseline({"check", run("other", 1, R"({"cpus": 4})")});
  EXPECT_EQ(other.status, 7);
  EXPECT_THAT(other.err, HasSubstr("CPUs: 2 in the base, 4"));
  EXPECT_THAT(other.out, IsEmpty());
}

TEST_F(BaselineVerb, LeavesTheFileAloneWhenItRefusesARun) {
  add_history(1);
  const std::string before = contents_of(in_folder("baseline.json"));
  const Outcome dirty =
      baseline({"add", run("dirty", 1, R"({"git_dirty": true})")});
  EXPECT_EQ(dirty.status, 1);
  expect_one_line(dirty.err);
  EXPECT_THAT(dirty.err, HasSubstr("dirty"));
  const Outcome other = baseline({"add", run("a"), "--reference", "iterative"});
  EXPECT_EQ(other.status, 7);
  EXPECT_THAT(other.err, HasSubstr("iterative"));
  EXPECT_EQ(baseline({"add", in_folder("history0")}).status, 1) << "twice";
  EXPECT_EQ(contents_of(in_folder("baseline.json")), before);
  for (const auto& entry :
       std::filesystem::directory_iterator(folder_.path())) {
    EXPECT_THAT(entry.path().string(), Not(HasSubstr(".part")));
  }
}

TEST_F(BaselineVerb, NeitherReadsNorReplacesADamagedFile) {
  const std::string now = run("now");
  for (const std::string text : {"", "{", "[]", R"({"schema_version": 1})",
                                 R"({"schema_version": 1, "entries": [NaN]})",
                                 R"({"schema_version": 2, "entries": []})"}) {
    folder_.write("baseline.json", text);
    for (const char* const verb : {"add", "check"}) {
      const Outcome outcome = baseline({verb, now});
      EXPECT_EQ(outcome.status, text.find(": 2") == text.npos ? 1 : 7) << text;
      expect_one_line(outcome.err);
      EXPECT_THAT(outcome.err, HasSubstr("baseline.json:"));
      EXPECT_THAT(outcome.out, IsEmpty());
    }
    EXPECT_EQ(contents_of(in_folder("baseline.json")), text);
  }
}

}  // namespace
}  // namespace sockmark
