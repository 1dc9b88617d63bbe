#include "loadgen/objective.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace sockmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Quantity = Objective::Quantity;
using Comparison = Objective::Comparison;

std::string refusal(const std::string& text) {
  try {
    parse_objective(text);
  } catch (const std::invalid_argument& bad) {
    return bad.what();
  }
  return "none";
}

TEST(Objective, IsForLatencyUnlessAPhaseIsNamed) {
  const struct {
    const char* text;
    Histogram Tally::*histogram;
  } cases[] = {{"p99<5ms", &Tally::total},
               {"latency.p99<5ms", &Tally::total},
               {"service.p99<5ms", &Tally::service},
               {"connect.p99<5ms", &Tally::connect},
               {"send.p99<5ms", &Tally::send},
               {"first_byte.p99<5ms", &Tally::first_byte}};
  for (const auto& [text, histogram] : cases) {
    const Objective objective = parse_objective(text);
    EXPECT_EQ(objective.text, text);
    EXPECT_EQ(objective.quantity, Quantity::percentile);
    EXPECT_EQ(objective.histogram, histogram) << text;
    EXPECT_EQ(objective.percent, 99);
    EXPECT_EQ(objective.limit, 5e6);
  }
}

TEST(Objective, ReadsPercentilesMeanAndMax) {
  EXPECT_EQ(parse_objective("p99.99<1s").percent, 99.99);
  EXPECT_EQ(parse_objective("service.p99.9<=5ms").percent, 99.9);
  EXPECT_EQ(parse_objective("mean<2ms").quantity, Quantity::mean);
  EXPECT_EQ(parse_objective("first_byte.max<1s").quantity, Quantity::max);
  EXPECT_EQ(parse_objective("first_byte.max<1s").limit, 1e9);
}

TEST(Objective, ReadsErrorsAsShareOrCount) {
  const Objective share = parse_objective("errors<0.1%");
  EXPECT_EQ(share.quantity, Quantity::error_share);
  EXPECT_DOUBLE_EQ(share.limit, 0.001);
  const Objective count = parse_objective("errors<=0");
  EXPECT_EQ(count.quantity, Quantity::error_count);
  EXPECT_EQ(count.limit, 0);
}

TEST(Objective, ReadsARate) {
  EXPECT_EQ(parse_objective("rate>=10000").quantity, Quantity::rate);
  EXPECT_EQ(parse_objective("rate>=10k").limit, 10'000);
}

TEST(Objective, ReadsEveryComparison) {
  EXPECT_EQ(parse_objective("p50<1ms").comparison, Comparison::below);
  EXPECT_EQ(parse_objective("p50<=1ms").comparison, Comparison::at_most);
  EXPECT_EQ(parse_objective("rate>1").comparison, Comparison::above);
  EXPECT_EQ(parse_objective("rate>=1").comparison, Comparison::at_least);
}

TEST(Objective, MayHaveSpaces) {
  const Objective objective = parse_objective(" errors <= 0.5 % ");
  EXPECT_EQ(objective.quantity, Quantity::error_share);
  EXPECT_EQ(objective.limit, 0.005);
}

TEST(Objective, SaysWhatIsWrongInOneLine) {
  const struct {
    const char* text;
    const char* expected;
  } cases[] = {{"", "expected a limit, as in p99<5ms"},
               {"p99=5ms", "expected a limit"},
               {"p99<5", "bad duration '5'"},
               {"p99<", "bad duration ''"},
               {"p99<=>5ms", "bad duration '>5ms'"},
               {"p99<0.1%", "bad duration '0.1%'"},
               {"<5ms", "'' is none of"},
               {"p0<5ms", "'p0' is none of"},
               {"p100<5ms", "'p100' is none of"},
               {"p-1<5ms", "'p-1' is none of"},
               {"p9x<5ms", "'p9x' is none of"},
               {"pnan<5ms", "'pnan' is none of"},
               {"99<5ms", "'99' is none of"},
               {"median<5ms", "'median' is none of"},
               {"wait.p99<5ms", "'wait.p99' is none of"},
               {"service.<5ms", "'' is none of"},
               {"service<5ms", "'service' is none of"},
               {"service.errors<1", "'errors' is none of"},
               {"errors<1ms", "expected errors as in 0.1% or 0"},
               {"errors<-1", "expected errors"},
               {"errors<%", "expected errors"},
               {"rate>=x", "bad rate 'x'"}};
  for (const auto& [text, expected] : cases) {
    EXPECT_THAT(refusal(text),
                AllOf(HasSubstr("bad objective '" + std::string(text) + "'"),
                      HasSubstr(expected), Not(HasSubstr("\n"))));
  }
}

}  // namespace
}  // namespace sockmark
