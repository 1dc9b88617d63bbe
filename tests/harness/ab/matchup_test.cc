#include "harness/ab/matchup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "harness/plan/setup.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Servers = std::vector<ServerSpec>;

ServerSpec model(const std::string& name, const std::string& family = "event") {
  return {.name = name, .command = {"/bin/" + name}, .family = family};
}

ServerSpec own(const std::string& name) {
  ServerSpec spec = model(name);
  spec.readiness = Readiness::reply;
  spec.manifest = "servers.json";
  return spec;
}

Experiment experiment() {
  Experiment experiment = {.name = "gate"};
  for (const char* const name : {"short", "long"}) {
    WorkloadPlan plan;
    plan.workload.name = name;
    plan.workload.tool.clear();
    plan.workload.keep_alive = plan.workload.name == "long";
    plan.rounds = 10;
    experiment.workloads.push_back(plan);
  }
  return experiment;
}

Experiment of(std::vector<std::string> servers) {
  Experiment asked = experiment();
  asked.servers = std::move(servers);
  return asked;
}

std::vector<std::string> cells_of(const Matchup& matchup) {
  std::vector<std::string> cells;
  for (const WorkloadPlan& plan : matchup.experiment.workloads) {
    EXPECT_EQ(plan.servers.size(), 2);
    EXPECT_EQ(plan.tools.size(), 1);
    cells.push_back(plan.workload.name + " " + plan.servers[0]);
  }
  return cells;
}

std::vector<std::string> named(const std::vector<LoneCell>& cells) {
  std::vector<std::string> names;
  for (const LoneCell& cell : cells) {
    names.push_back(cell.workload.name + " " + cell.server);
  }
  return names;
}

TEST(Matchup, HasAPairForEveryCell) {
  const Servers servers = {model("poll"), model("fork")};
  const Matchup matchup = matched(of({"poll", "fork"}), servers, servers);
  EXPECT_THAT(cells_of(matchup),
              ElementsAre("short poll@base", "short fork@base",
                          "long poll@base", "long fork@base"));
  EXPECT_THAT(names_of(matchup.servers),
              ElementsAre("poll@base", "poll@head", "fork@base", "fork@head"));
  EXPECT_EQ(matchup.servers[3].arm, "head");
  EXPECT_TRUE(matchup.missing.empty());
  EXPECT_TRUE(matchup.fresh.empty());
  for (const auto& taking_part :
       lineup_of(matchup.experiment, matchup.servers)) {
    EXPECT_EQ(taking_part.size(), 2);
  }
}

TEST(Matchup, RunsEachSideWithItsOwnCommand) {
  Servers head = {model("poll")};
  head[0].command = {"/new/poll"};
  const Matchup matchup = matched(of({"poll"}), {model("poll")}, head);
  EXPECT_EQ(matchup.servers[0].command[0], "/bin/poll");
  EXPECT_EQ(matchup.servers[1].command[0], "/new/poll");
}

TEST(Matchup, TellsOfServersThatOneSideLacks) {
  const Matchup matchup =
      matched(experiment(), {own("a"), own("b")}, {own("b"), own("c")});
  EXPECT_THAT(cells_of(matchup), ElementsAre("short b@base", "long b@base"));
  EXPECT_THAT(named(matchup.missing), ElementsAre("short a", "long a"));
  EXPECT_THAT(named(matchup.fresh), ElementsAre("short c", "long c"));
}

TEST(Matchup, TellsOfCellsThatOneSideCannotServe) {
  Servers head = {own("a")};
  head[0].keep_alive = false;
  const Matchup matchup = matched(experiment(), {own("a")}, head);
  EXPECT_THAT(cells_of(matchup), ElementsAre("short a@base"));
  EXPECT_THAT(named(matchup.missing), ElementsAre("long a"));
  const Matchup neither = matched(experiment(), head, head);
  EXPECT_TRUE(neither.missing.empty());
  ASSERT_EQ(neither.notes.size(), 1);
  EXPECT_THAT(neither.notes[0], HasSubstr("a is left out of long"));
}

TEST(Matchup, TakesTheModelThatStandsForAllWhereNoneIsNamed) {
  const Servers models = {model("fork"), model("epoll_lt"), model("poll")};
  EXPECT_THAT(cells_of(matched(experiment(), models, models)),
              ElementsAre("short epoll_lt@base", "long epoll_lt@base"));
  EXPECT_THAT(named(matched(experiment(), models, {model("fork")}).missing),
              ElementsAre("short epoll_lt", "long epoll_lt"));
}

TEST(Matchup, TakesAManifestsServersAloneWhereNoneIsNamed) {
  const Servers servers = {model("epoll_lt"), own("a"), own("b")};
  EXPECT_THAT(names_of(matched(experiment(), servers, servers).servers),
              ElementsAre("a@base", "a@head", "b@base", "b@head"));
}

TEST(Matchup, TakesAllOfAnotherListButTheFlawed) {
  const Servers servers = {model("mine"), model("wrong", "flawed")};
  EXPECT_THAT(names_of(matched(experiment(), servers, servers).servers),
              ElementsAre("mine@base", "mine@head"));
  EXPECT_THAT(names_of(matched(of({"wrong"}), servers, servers).servers),
              ElementsAre("wrong@base", "wrong@head"));
}

TEST(Matchup, HasAPairForEachTool) {
  Experiment asked = of({"poll"});
  asked.workloads[0].tools = {"loadgen", "wrk"};
  const Servers servers = {model("poll")};
  const Matchup matchup = matched(asked, servers, servers);
  ASSERT_EQ(matchup.experiment.workloads.size(), 3);
  EXPECT_THAT(matchup.experiment.workloads[1].tools, ElementsAre("wrk"));
}

TEST(Matchup, GivesAllCellsTheRoundsOfTheLongest) {
  Experiment asked = of({"poll"});
  asked.workloads[0].rounds = 3;
  const Matchup matchup = matched(asked, {model("poll")}, {model("poll")});
  for (const WorkloadPlan& plan : matchup.experiment.workloads) {
    EXPECT_EQ(plan.rounds, 10);
  }
}

TEST(Matchup, GetsTheRoundsThatItTakesToShowAnything) {
  Experiment asked = of({"poll"});
  for (WorkloadPlan& plan : asked.workloads) plan.rounds = 6;
  Matchup few = matched(asked, {model("poll")}, {model("poll")});
  EXPECT_EQ(few.experiment.rounds(), 6);
  raise_rounds(few);
  EXPECT_EQ(few.experiment.rounds(), 10);

  Servers many;
  std::vector<std::string> names;
  for (int i = 0; i < 30; ++i) {
    names.push_back("s" + std::to_string(i));
    many.push_back(model(names.back()));
  }
  Matchup large = matched(of(names), many, many);
  raise_rounds(large);
  EXPECT_GT(large.experiment.rounds(), 10);

  for (WorkloadPlan& plan : asked.workloads) plan.rounds = 40;
  Matchup enough = matched(asked, {model("poll")}, {model("poll")});
  raise_rounds(enough);
  EXPECT_EQ(enough.experiment.rounds(), 40);
}

TEST(Matchup, LetsAWorkloadNameItsServers) {
  Experiment asked = of({"poll"});
  asked.workloads[0].servers = {"fork"};
  const Servers servers = {model("poll"), model("fork")};
  EXPECT_THAT(cells_of(matched(asked, servers, servers)),
              ElementsAre("short fork@base", "long poll@base"));
}

TEST(Matchup, SaysWhereTheSidesAreAskedForDifferentThings) {
  Servers head = {own("a")};
  head[0].path = "/other";
  const Matchup matchup = matched(experiment(), {own("a")}, head);
  ASSERT_EQ(matchup.notes.size(), 1);
  EXPECT_THAT(matchup.notes[0], HasSubstr("/other"));
}

TEST(Matchup, RefusesWhatNeitherSideKnows) {
  try {
    matched(of({"pol"}), {model("poll")}, {model("fork")});
    FAIL() << "taken";
  } catch (const std::invalid_argument& refused) {
    EXPECT_THAT(refused.what(), HasSubstr("did you mean 'poll'"));
  }
  Experiment precise = experiment();
  precise.precision = 0.02;
  EXPECT_THROW(matched(precise, {model("poll")}, {model("poll")}),
               std::invalid_argument);
}

}  // namespace
}  // namespace sockmark
