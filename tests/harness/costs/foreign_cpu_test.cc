#include "harness/costs/foreign_cpu.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "harness/costs/tree_usage.h"
#include "harness/process/child.h"
#include "tests/servers/patience.h"

namespace sockmark {
namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

CpuTicks ticks(std::int64_t idle, std::int64_t softirq = 0) {
  CpuTicks ticks;
  ticks.idle = idle;
  ticks.softirq = softirq;
  ticks.cpus = 2;
  return ticks;
}

Clocks clocks(std::map<Clocks::Identity, std::int64_t> foreign) {
  return {.foreign = std::move(foreign), .own_ns = 0, .sees_all = true};
}

TEST(ForeignOfTheLiving, IsWhatTheirClocksGrewBy) {
  EXPECT_EQ(foreign_of_the_living(clocks({{{7, 1}, 100}, {{8, 1}, 50}}),
                                  clocks({{{7, 1}, 130}, {{8, 1}, 50}})),
            30);
}

TEST(ForeignOfTheLiving, CountsTheNewFromTheirStartAndTheGoneNotAtAll) {
  EXPECT_EQ(foreign_of_the_living(clocks({{{7, 1}, 100}}),
                                  clocks({{{7, 2}, 40}, {{9, 3}, 5}})),
            45);
}

TEST(ForeignOfTheLiving, IsUnknownWhereTheyAreHidden) {
  Clocks hidden = clocks({});
  hidden.sees_all = false;
  EXPECT_FALSE(foreign_of_the_living(hidden, hidden).has_value());
}

// 2 CPUs for 1 s, a tick being 10 ms.
TEST(ForeignByLedger, IsTheBusyTimeThatIsNotOurs) {
  const CpuLedger ledger{.window_ns = 1000 * kMillisecond,
                         .before = ticks(1000),
                         .after = ticks(1050),
                         .ours_ns = 900 * kMillisecond};
  EXPECT_EQ(foreign_by_ledger(ledger), (2000 - 500 - 900 - 20) * kMillisecond);
}

TEST(ForeignByLedger, LeavesInterruptsOut) {
  const CpuLedger ledger{.window_ns = 1000 * kMillisecond,
                         .before = ticks(1000, 10),
                         .after = ticks(1050, 40),
                         .ours_ns = 900 * kMillisecond};
  EXPECT_EQ(foreign_by_ledger(ledger),
            (2000 - 500 - 300 - 900 - 20) * kMillisecond);
}

TEST(ForeignByLedger, IsNothingBelowItsResolution) {
  const CpuLedger ledger{.window_ns = 1000 * kMillisecond,
                         .before = ticks(1000),
                         .after = ticks(1109),
                         .ours_ns = 900 * kMillisecond};
  EXPECT_EQ(foreign_by_ledger(ledger), 0);
}

TEST(ForeignByLedger, IsUnknownWhereOursIsOrTheCpusChanged) {
  CpuLedger ledger{.window_ns = 1000 * kMillisecond,
                   .before = ticks(0),
                   .after = ticks(0),
                   .ours_ns = std::nullopt};
  EXPECT_FALSE(foreign_by_ledger(ledger).has_value());
  ledger.ours_ns = 0;
  EXPECT_TRUE(foreign_by_ledger(ledger).has_value());
  ledger.after->cpus = 1;
  EXPECT_FALSE(foreign_by_ledger(ledger).has_value());
}

TEST(ForeignCpu, IsTheLargerOfBothBounds) {
  EXPECT_EQ(foreign_cpu_ns(3, 5), 5);
  EXPECT_EQ(foreign_cpu_ns(5, 3), 5);
  EXPECT_EQ(foreign_cpu_ns(std::nullopt, 3), 3);
  EXPECT_EQ(foreign_cpu_ns(3, std::nullopt), 3);
  EXPECT_FALSE(foreign_cpu_ns(std::nullopt, std::nullopt).has_value());
}

// A process that spins is foreign to a trial that it is not below, our own to
// one that it is, and neither if it is the server.
TEST(ReadClocks, TellsAStrangerFromTheServerAndUs) {
  const Child hog({.argv = {"sh", "-c", "while :; do :; done"}, .cpus = {}});
  const Child us({.argv = {"sleep", "600"}, .cpus = {}});
  const auto spun = [&] {
    return cpu_clock_of(hog.pid()).value_or(0) > 20 * kMillisecond;
  };
  ASSERT_TRUE(eventually(spun));
  const auto all = all_processes();
  const auto hogs = [&hog](const Clocks& clocks) {
    std::int64_t sum = 0;
    for (const auto& [who, used] : clocks.foreign) {
      if (who.first == hog.pid()) sum += used;
    }
    return sum;
  };
  EXPECT_GT(hogs(read_clocks(us.pid(), {}, all)), 20 * kMillisecond);
  EXPECT_EQ(hogs(read_clocks(us.pid(), {*read_process(hog.pid())}, all)), 0);
  EXPECT_EQ(hogs(read_clocks(getpid(), {}, all)), 0);
  EXPECT_GT(read_clocks(getpid(), {}, all).own_ns, 20 * kMillisecond);
}

TEST(ReadClocks, SeesWhatAHogTakesBetweenTwoMoments) {
  const Child us({.argv = {"sleep", "600"}, .cpus = {}});
  const Clocks before = read_clocks(us.pid(), {}, all_processes());
  const Child hog({.argv = {"sh", "-c", "while :; do :; done"}, .cpus = {}});
  EXPECT_TRUE(eventually([&] {
    const Clocks now = read_clocks(us.pid(), {}, all_processes());
    return foreign_of_the_living(before, now).value_or(0) > 50 * kMillisecond;
  }));
}

}  // namespace
}  // namespace sockmark
