#include "harness/machine/machine_counts.h"

#include <gtest/gtest.h>

namespace sockmark {
namespace {

TEST(CpuTicks, AreThoseOfAllCpusAndHowManyThereAre) {
  const auto ticks = parse_cpu_ticks(
      "cpu  2093551 423528 782612 1656263 89425 7 241768 1172 3 4\n"
      "cpu0 995959 203453 403635 906241 32851 0 100590 585 0 0\n"
      "cpu1 1097592 220074 378977 750021 56574 0 141178 586 0 0\n"
      "intr 72941542 0 0\n"
      "processes 917\n");
  ASSERT_TRUE(ticks.has_value());
  EXPECT_EQ(ticks->user, 2093551);
  EXPECT_EQ(ticks->nice, 423528);
  EXPECT_EQ(ticks->system, 782612);
  EXPECT_EQ(ticks->idle, 1656263);
  EXPECT_EQ(ticks->iowait, 89425);
  EXPECT_EQ(ticks->irq, 7);
  EXPECT_EQ(ticks->softirq, 241768);
  EXPECT_EQ(ticks->steal, 1172);
  EXPECT_EQ(ticks->cpus, 2);
}

TEST(CpuTicks, HaveNoStealWhereTheKernelHasNone) {
  const auto ticks = parse_cpu_ticks("cpu  1 2 3 4 5 6 7\ncpu0 1 2 3 4 5 6 7");
  ASSERT_TRUE(ticks.has_value());
  EXPECT_FALSE(ticks->steal.has_value());
  EXPECT_EQ(ticks->cpus, 1);
}

TEST(CpuTicks, OfAnythingElseAreNothing) {
  EXPECT_FALSE(parse_cpu_ticks("").has_value());
  EXPECT_FALSE(parse_cpu_ticks("cpu  1 2 3 4\n").has_value());
  EXPECT_FALSE(parse_cpu_ticks("cpu0 1 2 3 4 5 6 7\n").has_value());
}

TEST(Forks, AreTheProcessesEverStarted) {
  EXPECT_EQ(parse_forks("ctxt 5\nbtime 1\nprocesses 917\nprocs_running 2\n"),
            917);
  EXPECT_FALSE(parse_forks("ctxt 5\n").has_value());
}

TEST(CpuPressure, IsTheTotalOfSome) {
  EXPECT_EQ(parse_cpu_pressure_ns(
                "some avg10=3.13 avg60=1.53 avg300=1.61 total=7543\n"
                "full avg10=0.00 avg60=0.00 avg300=0.00 total=9\n"),
            7'543'000);
  EXPECT_FALSE(parse_cpu_pressure_ns("").has_value());
  EXPECT_FALSE(parse_cpu_pressure_ns("some avg10=3.13\n").has_value());
}

TEST(NetTable, HasTheNumberBelowTheName) {
  const char* const text =
      "TcpExt: SyncookiesSent ListenOverflows ListenDrops\n"
      "TcpExt: 1 22 333\n"
      "IpExt: InNoRoutes ListenDrops\n"
      "IpExt: 4 5\n";
  EXPECT_EQ(parse_net_table(text, "TcpExt:", "ListenOverflows"), 22);
  EXPECT_EQ(parse_net_table(text, "TcpExt:", "ListenDrops"), 333);
  EXPECT_FALSE(parse_net_table(text, "TcpExt:", "TCPReqQFull").has_value());
  EXPECT_FALSE(parse_net_table(text, "Tcp:", "RetransSegs").has_value());
}

TEST(NetTable, ReadsNegativeNumbersAndCutOffLines) {
  EXPECT_EQ(parse_net_table("Tcp: MaxConn Out\nTcp: -1 6\n", "Tcp:", "MaxConn"),
            -1);
  EXPECT_FALSE(
      parse_net_table("Tcp: MaxConn Out\nTcp: -1", "Tcp:", "Out").has_value());
}

TEST(TimeWait, IsFoundByItsName) {
  EXPECT_EQ(parse_time_wait("sockets: used 17\n"
                            "TCP: inuse 1 orphan 0 tw 12 alloc 1 mem 35\n"),
            12);
  EXPECT_FALSE(parse_time_wait("TCP: inuse 1 orphan 0\n").has_value());
  EXPECT_FALSE(parse_time_wait("").has_value());
}

}  // namespace
}  // namespace sockmark
