#include "harness/exports/cell_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/harness/exports/odd_run.h"
#include "tests/harness/synthetic.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

std::vector<std::string> names(const std::vector<TrialRecord>& trials) {
  std::vector<std::string> all;
  const auto groups = group_cells(trials);
  for (const NamedCell& cell : named_cells(groups)) all.push_back(cell.name);
  return all;
}

template <typename Change>
TrialRecord changed(Change change) {
  TrialRecord trial = synthetic_trial("poll", {});
  change(trial);
  return trial;
}

TEST(CellNames, HaveServerWorkloadAndConnections) {
  EXPECT_THAT(names({synthetic_trial("epoll_lt", {})}),
              ElementsAre("epoll_lt/long/connections:64"));
}

TEST(CellNames, HaveWhatIsUnusual) {
  EXPECT_THAT(
      names({changed([](auto& t) { t.workload.rate_per_second = 2000; }),
             changed([](auto& t) { t.workload.body_bytes = 1024; }),
             changed([](auto& t) { t.workload.work = "spin:10us"; }),
             changed([](auto& t) { t.workload.idle_connections = 500; }),
             changed([](auto& t) { t.workload.tool = "wrk"; })}),
      UnorderedElementsAre("poll/long/connections:64/rate:2000",
                           "poll/long/connections:64/body:1024",
                           "poll/long/connections:64/work:spin:10us",
                           "poll/long/connections:64/idle:500",
                           "poll/long/connections:64/tool:wrk"));
}

TEST(CellNames, DoNotDependOnTheOtherCells) {
  const auto at_a_rate =
      changed([](auto& t) { t.workload.rate_per_second = 0.5; });
  EXPECT_THAT(names({at_a_rate, synthetic_trial("poll", {})}),
              UnorderedElementsAre(names({at_a_rate}).front(),
                                   "poll/long/connections:64"));
}

TEST(CellNames, HaveTheRestOnlyWhereItTellsThemApart) {
  EXPECT_THAT(names({synthetic_trial("poll", {}), synthetic_trial("fork", {}),
                     changed([](auto& t) { t.workload.keep_alive = false; })}),
              UnorderedElementsAre("poll/long/connections:64/keep_alive:yes",
                                   "poll/long/connections:64/keep_alive:no",
                                   "fork/long/connections:64"));
  EXPECT_THAT(names({changed([](auto& t) { t.workload.duration_ns = 1; }),
                     changed([](auto& t) { t.workload.duration_ns = 2; }),
                     changed([](auto& t) {
                       t.workload.duration_ns = 2;
                       t.workload.warmup_ns = 3;
                     })}),
              UnorderedElementsAre(
                  "poll/long/connections:64/duration_ns:1",
                  "poll/long/connections:64/duration_ns:2/warmup_ns:1000000000",
                  "poll/long/connections:64/duration_ns:2/warmup_ns:3"));
}

TEST(CellNames, AreUniqueWhateverTheNames) {
  auto first = synthetic_trial("a/b", {});
  first.workload.name = "c";
  auto second = synthetic_trial("a", {});
  second.workload.name = "b/c";
  const auto both = names({first, second});
  EXPECT_NE(both.at(0), both.at(1));
  EXPECT_THAT(both, testing::Each(testing::StartsWith("a/b/c/connections:64")));
}

TEST(CellNames, AreUniqueOnOneLineInARunWithAllThatIsOdd) {
  const auto all = names(odd_trials());
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
  EXPECT_THAT(all, testing::Contains(testing::HasSubstr("o'dd<&\"\\,|`>  é")));
  for (const std::string& name : all) {
    EXPECT_TRUE(std::all_of(name.begin(), name.end(), [](unsigned char c) {
      return c >= 0x20;
    })) << name;
  }
}

TEST(CellNames, AreCutAtCharactersWhereTheyAreTooLong) {
  std::string longest;
  while (longest.size() < 2 * kLongestCellName) longest += "é";
  const auto all = names({synthetic_trial(longest + "x", {}),
                          synthetic_trial("x" + longest + "x", {})});
  ASSERT_EQ(all.size(), 2);
  EXPECT_NE(all[0], all[1]);
  for (const std::string& name : all) {
    EXPECT_LE(name.size(), kLongestCellName);
    EXPECT_THAT(name, testing::StartsWith("…é"));
    EXPECT_THAT(name, testing::HasSubstr("éx/long/connections:64"));
  }
}

}  // namespace
}  // namespace sockmark
