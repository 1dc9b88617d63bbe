#include "loadgen/rate_profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

namespace sockmark {
namespace {

using testing::HasSubstr;

constexpr Nanoseconds kMs = 1'000'000;
constexpr Nanoseconds kSecond = 1000 * kMs;

std::string refusal(const std::string& text) {
  try {
    parse_rate_profile(text);
  } catch (const std::invalid_argument& bad) {
    return bad.what();
  }
  return "none";
}

TEST(RateProfile, ReadsRatesWithTheirUnits) {
  EXPECT_EQ(parse_rate("1000"), 1000);
  EXPECT_EQ(parse_rate("0.5"), 0.5);
  EXPECT_EQ(parse_rate("2.5k"), 2500);
  EXPECT_EQ(parse_rate("1M"), 1e6);
  EXPECT_EQ(parse_rate("1000M"), 1e9);
}

TEST(RateProfile, SaysWhatItExpectsOfARate) {
  for (const char* bad :
       {"", "k", "0", "-5", "x", "10K", "10kk", "1e3", "inf", "nan", "5/s",
        " 5", "1001M", "1:", ":1", "1:2:3", "1@1s,", ",", "1 @1s"}) {
    EXPECT_THAT(refusal(bad), HasSubstr("as in 1000, 0.5, 2.5k or 1M")) << bad;
  }
}

TEST(RateProfile, SaysWhatItExpectsOfADuration) {
  EXPECT_THAT(refusal("1000@"), HasSubstr("bad duration ''"));
  EXPECT_THAT(refusal("1000@10"), HasSubstr("bad duration '10'"));
  EXPECT_THAT(refusal("1@1s@1s"), HasSubstr("bad duration '1s@1s'"));
  EXPECT_THAT(refusal("1000@0s"), HasSubstr("above 0"));
  EXPECT_THAT(refusal("1@500000000s,1@500000001s"), HasSubstr("31 years"));
}

TEST(RateProfile, WantsADurationForEachOfSeveralStages) {
  for (const char* bad : {"1,2", "1@1s,2", "1,2@1s", "1:2,3@1s"}) {
    EXPECT_THAT(refusal(bad), HasSubstr("a duration for each")) << bad;
  }
}

TEST(RateProfile, IsConstantForeverWithoutADuration) {
  const RateProfile profile = parse_rate_profile("2k");
  EXPECT_EQ(profile.total_duration(), std::nullopt);
  EXPECT_EQ(profile.rate_at(0), 2000);
  EXPECT_EQ(profile.rate_at(86'400 * kSecond), 2000);
  EXPECT_EQ(profile.arrivals_until(10 * kSecond), 20'000);
  EXPECT_EQ(profile.time_of(20'000), 10 * kSecond);
}

TEST(RateProfile, RampsOverTheDurationItIsGiven) {
  const RateProfile profile =
      parse_rate_profile("1000:5000").with_duration(20 * kSecond);
  EXPECT_EQ(profile.total_duration(), 20 * kSecond);
  EXPECT_EQ(profile.rate_at(0), 1000);
  EXPECT_EQ(profile.rate_at(5 * kSecond), 2000);
  EXPECT_EQ(profile.arrivals_until(10 * kSecond), 20'000);
  EXPECT_EQ(profile.arrivals_until(20 * kSecond), 60'000);
  EXPECT_EQ(profile.time_of(20'000), 10 * kSecond);
}

TEST(RateProfile, GoesThroughItsStages) {
  const RateProfile profile =
      parse_rate_profile("1000@10s,1000:5000@20s,5000@5s");
  EXPECT_EQ(profile.total_duration(), 35 * kSecond);
  EXPECT_EQ(profile.end(), 35 * kSecond);
  EXPECT_EQ(profile.rate_at(10 * kSecond), 1000);
  EXPECT_EQ(profile.rate_at(20 * kSecond), 3000);
  EXPECT_EQ(profile.rate_at(30 * kSecond), 5000);
  EXPECT_EQ(profile.arrivals_until(10 * kSecond), 10'000);
  EXPECT_EQ(profile.arrivals_until(30 * kSecond), 70'000);
  EXPECT_EQ(profile.arrivals_until(35 * kSecond), 95'000);
  EXPECT_EQ(profile.time_of(10'000), 10 * kSecond);
  EXPECT_EQ(profile.time_of(70'000), 30 * kSecond);
}

TEST(RateProfile, WarmsUpAtTheRateOfItsBeginning) {
  const RateProfile profile = parse_rate_profile("1000:5000@4s");
  EXPECT_EQ(profile.rate_at(-3 * kSecond), 1000);
  EXPECT_EQ(profile.arrivals_until(-3 * kSecond), -3000);
  EXPECT_EQ(profile.time_of(-3000), -3 * kSecond);
}

TEST(RateProfile, HasNothingArriveAfterItsEnd) {
  for (const char* text : {"100@4s", "100:500@4s", "500:1@4s"}) {
    const RateProfile profile = parse_rate_profile(text);
    const double all = profile.arrivals_until(profile.end());
    EXPECT_EQ(profile.rate_at(profile.end()), 0);
    EXPECT_EQ(profile.arrivals_until(profile.end() + kSecond), all);
    EXPECT_EQ(profile.time_of(all), profile.end());
    EXPECT_EQ(profile.time_of(all + 1), profile.end());
    EXPECT_EQ(profile.time_of(1e18), profile.end());
  }
}

TEST(RateProfile, TakesADurationOnlyIfItHasNone) {
  EXPECT_THROW(parse_rate_profile("1@1s").with_duration(kSecond),
               std::invalid_argument);
  EXPECT_THROW(parse_rate_profile("1").with_duration(0), std::invalid_argument);
  EXPECT_THROW(RateProfile({}), std::invalid_argument);
}

// Simpson's rule is exact for a rate that is linear from step to step.
double integrated(const RateProfile& profile, Nanoseconds until) {
  double sum = 0;
  for (Nanoseconds t = 0; t < until; t += 10 * kMs) {
    sum += (profile.rate_at(t) + 4 * profile.rate_at(t + 5 * kMs) +
            profile.rate_at(t + 10 * kMs - 1)) /
           6 * 0.01;
  }
  return sum;
}

class OfAShape : public testing::TestWithParam<const char*> {};

TEST_P(OfAShape, CountsTheIntegralOfItsRate) {
  const RateProfile profile = parse_rate_profile(GetParam());
  for (Nanoseconds t = 0; t <= profile.end(); t += 370 * kMs) {
    const double expected = integrated(profile, t);
    EXPECT_NEAR(profile.arrivals_until(t), expected, 1e-6 * (1 + expected))
        << t;
  }
}

TEST_P(OfAShape, FindsTheTimeOfEveryArrival) {
  const RateProfile profile = parse_rate_profile(GetParam());
  for (Nanoseconds t = -kSecond; t <= profile.end(); t += 37 * kMs) {
    EXPECT_NEAR(static_cast<double>(profile.time_of(profile.arrivals_until(t))),
                static_cast<double>(t), 1)
        << t;
  }
}

TEST_P(OfAShape, HasItsArrivalsInOrder) {
  const RateProfile profile = parse_rate_profile(GetParam());
  const double step = profile.arrivals_until(profile.end()) / 5000;
  Nanoseconds last = profile.time_of(-step);
  for (int i = 0; i <= 5000; ++i) {
    const Nanoseconds time = profile.time_of(i * step);
    ASSERT_GT(time, last) << i;
    last = time;
  }
}

INSTANTIATE_TEST_SUITE_P(RateProfile, OfAShape,
                         testing::Values("1000@10s", "1000:5000@20s",
                                         "5000:1000@20s", "0.5:1M@10s",
                                         "1M:0.5@10s",
                                         "1000@10s,1000:5000@20s,5000@5s",
                                         "10@1s,1M@1s,10:20@3s,7@1s"));

}  // namespace
}  // namespace sockmark
