// Servers that fail, and cells that are missing: what `sockmark ab` makes of
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/harness/ab/ab_program.h"

namespace sockmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

// A fake server as told, against a good one.
class AbOfAFailing : public Ab,
                     public testing::WithParamInterface<const char*> {};

TEST_P(AbOfAFailing, ServerIsARegressionOfTheNewSideAlone) {
  repository_.commit({{"list", kGood}});
  repository_.commit(
      {{"list", line_of("mine", std::string("fake_server ") + GetParam())}});
  EXPECT_EQ(built("HEAD~1", "HEAD").status, 3);
  EXPECT_THAT(comparison().failed, ElementsAre(StartsWith("head: short/mine")));
  EXPECT_EQ(built("HEAD", "HEAD~1").status, 5);
  EXPECT_THAT(comparison().failed, ElementsAre(StartsWith("base: short/mine")));
  EXPECT_EQ(built("HEAD", "HEAD").status, 5);
  EXPECT_EQ(comparison().failed.size(), 2);
}

INSTANTIATE_TEST_SUITE_P(Each, AbOfAFailing,
                         testing::Values("wrong_status", "wrong_body",
                                         "hangs_up", "dies_under_load",
                                         "falls_silent"),
                         [](const auto& failing) {
                           return std::string(failing.param);
                         });

TEST_F(Ab, FailsWhereTheNewServerDoes) {
  repository_.commit({{"list", kGood}});
  repository_.commit({{"list", line_of("mine", "fake_server dies_at_start")}});
  EXPECT_EQ(built("HEAD~1", "HEAD").status, 3);
  EXPECT_THAT(comparison().failed, ElementsAre(StartsWith("head: short/mine")));
  EXPECT_THAT(comparison().identical, IsEmpty());
  EXPECT_EQ(built("HEAD", "HEAD~1").status, 5);
  EXPECT_THAT(comparison().failed, ElementsAre(StartsWith("base: short/mine")));
}

TEST_F(Ab, FailsWhereACellIsMissing) {
  repository_.commit({{"list", kGood + line_of("old", "poll")}});
  repository_.commit({{"list", kGood + line_of("new", "poll")}});
  const Outcome outcome = built("HEAD~1", "HEAD");
  EXPECT_EQ(outcome.status, exit_status_of(comparison(), false));
  if (!comparison().judgements.empty()) {
    EXPECT_EQ(outcome.status, 3);
  }
  EXPECT_THAT(comparison().missing, ElementsAre(StartsWith("short/old")));
  EXPECT_THAT(comparison().fresh, ElementsAre(StartsWith("short/new")));
}

// It is asked for by name, so that one may not forget that it went.
TEST_F(Ab, FailsWhereANamedServerIsOnTheBaseAlone) {
  repository_.commit({{"list", kGood + line_of("old", "poll")}});
  repository_.commit({{"list", kGood}});
  const std::vector<std::string> more = {"--build", build(), "--servers",
                                         "mine,old"};
  const Outcome outcome = ab("HEAD~1", "HEAD", more);
  EXPECT_EQ(outcome.status, exit_status_of(comparison(), false));
  EXPECT_THAT(comparison().missing, ElementsAre(StartsWith("short/old")));
  EXPECT_THAT(outcome.out, HasSubstr("short/old"));
  EXPECT_NE(ab("HEAD", "HEAD~1", more).status, 2);
  EXPECT_THAT(comparison().missing, IsEmpty());
  EXPECT_THAT(comparison().fresh, ElementsAre(StartsWith("short/old")));
}

}  // namespace
}  // namespace sockmark
