// sockmark compare: files, messages, exit statuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/harness/compare/made_up_run.h"
#include "tests/harness/golden.h"
#include "tests/harness/sockmark_program.h"

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

void expect_one_line(const std::string& text) {
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
}

class CompareVerb : public testing::Test {
 protected:
  std::string run(const std::string& name, double factor = 1,
                  const std::string& changes = "{}") const {
    return store(folder_, name, made_up_environment(changes),
                 made_up_pair(10, factor));
  }

  std::string in_folder(const std::string& name) const {
    return (folder_.path() / name).string();
  }

  TemporaryFolder folder_;
};

TEST_F(CompareVerb, FindsRunsByNameAndAsLatest) {
  run("20260130-120000-long");
  run("20260131-120000-long");
  const Outcome outcome = sockmark({"compare", "20260130-120000-long", "latest",
                                    "--results", folder_.path().string()});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("long/poll/64 connections"),
                                 HasSubstr("sockmark ab")));
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST_F(CompareVerb, ExitsWith3AndWritesWhatItFound) {
  const Outcome outcome = sockmark(
      {"compare", run("base"), run("new", 1.3) + "/result.json", "--json",
       in_folder("c.json"), "--markdown", in_folder("c.md")});
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  const auto json = nlohmann::json::parse(contents_of(in_folder("c.json")));
  EXPECT_EQ(json.at("schema_version"), 1);
  EXPECT_THAT(contents_of(in_folder("c.md")), HasSubstr("poll"));
}

TEST_F(CompareVerb, RefusesAnotherMachineUnlessForced) {
  const std::string base = run("base");
  const std::string other = run("other", 1, R"({"cpus": 64})");
  const Outcome refused = sockmark({"compare", base, other});
  EXPECT_EQ(refused.status, 7);
  EXPECT_THAT(refused.out, IsEmpty());
  expect_one_line(refused.err);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("CPUs: 2 in the base, 64"),
                                 HasSubstr("--force")));
  const Outcome forced = sockmark({"compare", base, other, "--force"});
  EXPECT_EQ(forced.status, 0);
  EXPECT_THAT(forced.err, HasSubstr("FORCED"));
  EXPECT_THAT(forced.out, HasSubstr("FORCED"));
}

TEST_F(CompareVerb, ExitsWith4IfStrictAndNothingCanBeShown) {
  const std::string few =
      store(folder_, "few", made_up_environment(), made_up_pair(2));
  EXPECT_EQ(sockmark({"compare", few, few}).status, 0);
  EXPECT_EQ(sockmark({"compare", few, few, "--strict"}).status, 4);
}

TEST_F(CompareVerb, PrintsNothingOfFilesThatItCannotRead) {
  const std::string good = run("good");
  const std::string result = contents_of(good + "/result.json");
  const std::string benchmark = folder_.write(
      "google.json", R"({"context": {}, "benchmarks": [{"name": "a",
         "real_time": 1, "cpu_time": 1, "time_unit": "ns"}]})");
  struct Case {
    std::string name, text;
    int status;
  };
  const std::vector<Case> cases = {
      {"cut.json", result.substr(0, result.size() / 2), 1},
      {"empty.json", "", 1},
      {"foreign.json", R"({"hello": "world"})", 1},
      {"newer.json", R"({"schema_version": 2})", 7},
      {"nan.json", R"({"schema_version": 1, "trials": [NaN]})", 1}};
  for (const Case& one : cases) {
    const std::string path = folder_.write(one.name, one.text).string();
    for (const auto& [base, head] : {std::pair(good, path), {path, good}}) {
      const Outcome outcome = sockmark({"compare", base, head});
      EXPECT_EQ(outcome.status, one.status) << one.name;
      EXPECT_THAT(outcome.out, IsEmpty());
      expect_one_line(outcome.err);
      EXPECT_THAT(outcome.err, HasSubstr(path));
    }
  }
  const Outcome mixed = sockmark({"compare", good, benchmark});
  EXPECT_EQ(mixed.status, 7);
  EXPECT_THAT(mixed.err, HasSubstr("different things"));
  EXPECT_EQ(sockmark({"compare", good, in_folder("nowhere")}).status, 1);
  EXPECT_EQ(sockmark({"compare", good}).status, 2);
}

TEST_F(CompareVerb, ComparesFilesOfGoogleBenchmark) {
  const auto file = [&](const std::string& name, double factor) {
    nlohmann::json json = {{"context", {{"num_cpus", 2}}},
                           {"benchmarks", nlohmann::json::array()}};
    for (int i = 0; i < 10; ++i) {
      json["benchmarks"].push_back({{"name", "BM_queue"},
                                    {"run_name", "BM_queue"},
                                    {"run_type", "iteration"},
                                    {"real_time", factor * (100 + i % 3)},
                                    {"cpu_time", factor * (90 + i % 3)},
                                    {"time_unit", "us"}});
    }
    return folder_.write(name, json.dump()).string();
  };
  const std::string base = file("base.json", 1);
  EXPECT_EQ(sockmark({"compare", base, base}).status, 0);
  const Outcome worse = sockmark({"compare", base, file("new.json", 1.5)});
  EXPECT_EQ(worse.status, 3);
  EXPECT_THAT(worse.out, HasSubstr("BM_queue"));
}

}  // namespace
}  // namespace sockmark
