#include "loadgen/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/loadgen/arrival_law.h"

namespace sockmark {
namespace {

using Times = std::vector<Nanoseconds>;
using testing::ElementsAre;

constexpr Nanoseconds kMs = 1'000'000;
constexpr Nanoseconds kSecond = 1000 * kMs;
constexpr auto kConstant = ArrivalKind::constant;
constexpr auto kPoisson = ArrivalKind::poisson;

Times all_of(Arrivals arrivals) {
  Times times;
  for (; arrivals.next() != Arrivals::kNever; arrivals.pop()) {
    times.push_back(arrivals.next());
  }
  return times;
}

Times of_one(const std::string& rate, ArrivalKind kind, std::uint64_t seed = 1,
             Nanoseconds start = 0) {
  return all_of({parse_rate_profile(rate), kind, seed, 0, 1, start});
}

// Of all threads together, in order.
Times of_threads(const std::string& rate, ArrivalKind kind, int threads,
                 Nanoseconds start = 0) {
  Times all;
  for (int thread = 0; thread < threads; ++thread) {
    const Times times =
        all_of({parse_rate_profile(rate), kind, 1, thread, threads, start});
    all.insert(all.end(), times.begin(), times.end());
  }
  std::ranges::sort(all);
  return all;
}

TEST(ConstantArrivals, AreEvenlySpacedFromTheStartOn) {
  EXPECT_THAT(of_one("4@1s", kConstant),
              ElementsAre(0, 250 * kMs, 500 * kMs, 750 * kMs));
  EXPECT_THAT(of_one("3@1s", kConstant),
              ElementsAre(0, 333'333'333, 666'666'667));
}

TEST(ConstantArrivals, BeginBeforeTheWindowInAWarmUp) {
  EXPECT_THAT(of_one("2:4@1s", kConstant, 1, -kSecond),
              ElementsAre(-kSecond, -500 * kMs, 0, 414'213'562, 732'050'808));
}

TEST(ConstantArrivals, BeginLateIfTheLoadDoes) {
  EXPECT_THAT(of_one("4@1s", kConstant, 1, 300 * kMs),
              ElementsAre(500 * kMs, 750 * kMs));
}

TEST(ConstantArrivals, AreDealtToTheThreadsInTurn) {
  const RateProfile profile = parse_rate_profile("10@1s");
  EXPECT_THAT(all_of({profile, kConstant, 1, 0, 3, 0}),
              ElementsAre(0, 300 * kMs, 600 * kMs, 900 * kMs));
  EXPECT_THAT(all_of({profile, kConstant, 1, 2, 3, 0}),
              ElementsAre(200 * kMs, 500 * kMs, 800 * kMs));
  EXPECT_THAT(
      all_of({profile, kConstant, 1, 2, 3, -500 * kMs}),
      ElementsAre(-400 * kMs, -100 * kMs, 200 * kMs, 500 * kMs, 800 * kMs));
}

TEST(ConstantArrivals, AreTheSameInAnyNumberOfThreads) {
  const std::string rate = "100@1s,100:5000@3s,700@1s";
  const Times whole = of_one(rate, kConstant, 1, -kSecond);
  EXPECT_EQ(whole.size(), 100U + 100 + 7650 + 700);
  for (const int threads : {2, 3, 16}) {
    EXPECT_EQ(of_threads(rate, kConstant, threads, -kSecond), whole);
  }
}

TEST(ConstantArrivals, DoNotDriftInABillion) {
  Arrivals arrivals(parse_rate_profile("1M"), kConstant, 1, 0, 1,
                    1000 * kSecond - 3 * kMs);
  for (std::int64_t k = 999'997'000; k <= 1'000'003'000; ++k) {
    ASSERT_EQ(arrivals.next(), 1000 * k);
    arrivals.pop();
  }
}

TEST(ConstantArrivals, HaveTheSpacingOfTheRateInARamp) {
  const RateProfile profile = parse_rate_profile("1000:5000@4s");
  const Times times = all_of({profile, kConstant, 1, 0, 1, 0});
  ASSERT_EQ(times.size(), 12'000U);
  for (std::size_t i = 1; i < times.size(); i += 97) {
    const double gap = static_cast<double>(times[i] - times[i - 1]) / 1e9;
    const Nanoseconds middle = (times[i] + times[i - 1]) / 2;
    ASSERT_NEAR(gap * profile.rate_at(middle), 1, 1e-5) << i;
  }
}

TEST(Arrivals, StayAtTheirEnd) {
  for (const ArrivalKind kind : {kConstant, kPoisson}) {
    Arrivals arrivals(parse_rate_profile("10@1s"), kind, 1, 0, 1, 0);
    for (int i = 0; i < 100; ++i) arrivals.pop();
    EXPECT_EQ(arrivals.next(), Arrivals::kNever);
    EXPECT_THAT(of_one("10@1s", kind, 1, kSecond), ElementsAre());
  }
}

TEST(PoissonArrivals, AreTheSameForTheSameSeed) {
  EXPECT_EQ(of_one("1000@1s", kPoisson, 7), of_one("1000@1s", kPoisson, 7));
}

TEST(PoissonArrivals, DifferForAnotherSeedOrThread) {
  const RateProfile profile = parse_rate_profile("1000@1s");
  const Times times = all_of({profile, kPoisson, 7, 0, 2, 0});
  EXPECT_NE(times, all_of({profile, kPoisson, 8, 0, 2, 0}));
  EXPECT_NE(times, all_of({profile, kPoisson, 7 + (1ULL << 32), 0, 2, 0}));
  EXPECT_NE(times, all_of({profile, kPoisson, 7, 1, 2, 0}));
}

// Of the generator and the seeding that the standard prescribes.
TEST(PoissonArrivals, AreTheSameWithEveryStandardLibrary) {
  const Times times = of_one("1000@1s", kPoisson, 42);
  ASSERT_GE(times.size(), 3U);
  EXPECT_THAT(Times(times.begin(), times.begin() + 3),
              ElementsAre(973'696, 1'662'301, 2'289'690));
}

TEST(PoissonArrivals, ComeInOrderWithinTheLoad) {
  const Times times = of_one("1M@100ms", kPoisson, 3, -100 * kMs);
  EXPECT_TRUE(std::ranges::is_sorted(times));
  EXPECT_GE(times.front(), -100 * kMs);
  EXPECT_LT(times.back(), 100 * kMs);
}

struct Load {
  std::string rate;
  int threads;
};

class PoissonLoad : public testing::TestWithParam<Load> {
 protected:
  Times times() const {
    return of_threads(GetParam().rate, kPoisson, GetParam().threads, -kSecond);
  }
  const RateProfile profile_ = parse_rate_profile(GetParam().rate);
};

TEST_P(PoissonLoad, HasAsManyAsTheIntegralOfTheRate) {
  const Times times = this->times();
  for (Nanoseconds from = -kSecond; from < profile_.end(); from += kSecond) {
    const auto count = std::ranges::count_if(times, [&](Nanoseconds time) {
      return time >= from && time < from + kSecond;
    });
    const double expected =
        profile_.arrivals_until(from + kSecond) - profile_.arrivals_until(from);
    EXPECT_NEAR(static_cast<double>(count), expected, 4 * std::sqrt(expected));
  }
}

// Time rescaling: in units of the integral, the gaps are exponential with mean
// 1, whatever the rate does.
TEST_P(PoissonLoad, HasExponentialGapsInUnitsOfTheIntegral) {
  std::vector<double> gaps;
  double last = profile_.arrivals_until(-kSecond);
  for (const Nanoseconds time : times()) {
    gaps.push_back(profile_.arrivals_until(time) - last);
    last += gaps.back();
  }
  EXPECT_LT(anderson_darling_exponential(gaps, 1),
            kAndersonDarlingAtOnePercent);
}

INSTANTIATE_TEST_SUITE_P(Of, PoissonLoad,
                         testing::Values(Load{"500:5000@10s", 1},
                                         Load{"100@2s,5k:500@4s,2k@2s", 2}));

// What the test above would miss if it accepted everything.
TEST(PoissonArrivals, AreNotExponentialInTimeWhereTheRateChanges) {
  const Times times = of_one("500:5000@10s", kPoisson);
  std::vector<double> gaps;
  for (std::size_t i = 1; i < times.size(); ++i) {
    gaps.push_back(static_cast<double>(times[i] - times[i - 1]));
  }
  EXPECT_GT(anderson_darling_exponential(gaps, 10e9 / 27'500),
            kAndersonDarlingAtOnePercent);
}

}  // namespace
}  // namespace sockmark
