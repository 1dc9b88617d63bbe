// What a thread's load does when, on a simulated clock.
#include "loadgen/driver.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <vector>

#include "tests/loadgen/arrival_law.h"
#include "tests/loadgen/ledger.h"
#include "tests/loadgen/simulation.h"

namespace sockmark {
namespace {

using namespace std::chrono_literals;
using Answer = Simulation::Answer;

constexpr Nanoseconds kMicrosecond = 1000;
constexpr Nanoseconds kMillisecond = 1'000'000;
constexpr Nanoseconds kSecond = 1'000'000'000;
const std::string kGood = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const std::string kGoodAndClose =
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

double milliseconds(Nanoseconds time) {
  return static_cast<double>(time) / kMillisecond;
}

Simulation::Server answers_after(Nanoseconds time) {
  return [=](std::uint64_t, Nanoseconds now) {
    return Answer{.at = now + time, .bytes = kGood};
  };
}

// From the fourth to the fifth; quick before and after.
Answer stops_for_a_second(std::uint64_t /*count*/, Nanoseconds now) {
  const bool is_stopped = now >= 4 * kSecond && now < 5 * kSecond;
  return {.at = is_stopped ? 5 * kSecond : now + 100 * kMicrosecond,
          .bytes = kGood};
}

Answer broken_off(Nanoseconds now) {
  return {.at = now, .bytes = "", .ends = false, .error = ECONNRESET};
}

class DriverTest : public testing::Test {
 protected:
  DriverTest() {
    spec_.connections = 4;
    spec_.duration = 10s;
  }

  void set_rate(const char* rate) {
    spec_.rate = parse_rate_profile(rate);
    if (!spec_.rate->total_duration()) {
      spec_.rate = spec_.rate->with_duration(spec_.duration.count());
    }
  }

  Tally run(Simulation& simulation) {
    const Share share{
        .connections = spec_.connections,
        .max_connections = spec_.max_connections.value_or(spec_.connections),
        .requests = spec_.requests};
    Driver driver(spec_, share, simulation);
    const Nanoseconds start = spec_.warmup.count();
    Tally tally = driver.run(
        {.start = start, .end = start + spec_.duration.count()}, stop_);
    expect_ledger_adds_up(tally);
    return tally;
  }

  Tally run(Simulation::Server server) {
    Simulation simulation(spec_, std::move(server));
    return run(simulation);
  }

  LoadSpec spec_;
  std::atomic<bool> stop_ = false;
};

TEST_F(DriverTest, KeepsEachConnectionBusyInAClosedLoop) {
  const Tally tally = run(answers_after(5 * kMillisecond));
  EXPECT_NEAR(static_cast<double>(tally.completed), 4 * 2000, 4);
  EXPECT_NEAR(milliseconds(tally.total.percentile(50)), 5, 0.005);
  EXPECT_NEAR(tally.in_flight_average, 4, 0.01);
  EXPECT_EQ(tally.open_loop.planned, 0);
}

// What a closed loop cannot show: it waits with the server.
TEST_F(DriverTest, MeasuresFromTheIntendedTimeInAnOpenLoop) {
  set_rate("1k");
  const Tally tally = run(stops_for_a_second);
  EXPECT_EQ(tally.completed, 10'000);
  // And the 25 ms that four connections need for what has piled up.
  EXPECT_NEAR(milliseconds(tally.total.percentile(95)), 512, 10);
  EXPECT_NEAR(milliseconds(tally.total.percentile(99)), 900, 10);
  EXPECT_GE(milliseconds(tally.total.max()), 990);
  EXPECT_LT(milliseconds(tally.service.percentile(99)), 1)
      << "only four requests were under way when the server stopped";
  EXPECT_NEAR(static_cast<double>(tally.open_loop.queued), 1022, 5);
  EXPECT_GE(tally.open_loop.backlog_peak, 990);
  EXPECT_EQ(tally.open_loop.unsent, 0);
}

TEST_F(DriverTest, OpensMoreConnectionsRatherThanToWait) {
  set_rate("1k");
  spec_.max_connections = 2000;
  const Tally tally = run(stops_for_a_second);
  EXPECT_EQ(tally.completed, 10'000);
  EXPECT_EQ(tally.open_loop.queued, 0);
  EXPECT_NEAR(milliseconds(tally.service.percentile(95)), 500, 10)
      << "they were all sent";
}

TEST_F(DriverTest, KeepsNoMoreConnectionsThanItWasTold) {
  set_rate("1k");
  spec_.max_connections = 100;
  Simulation simulation(spec_, answers_after(6 * kMillisecond));
  simulation.set_time_to_connect(20 * kMillisecond);
  const Tally tally = run(simulation);
  EXPECT_EQ(tally.completed + tally.in_flight, 10'000);
  EXPECT_GT(tally.connections_opened, 1000) << "four do not suffice";
  EXPECT_LT(tally.connections_open, 40);
}

TEST_F(DriverTest, ConnectsBeforeTheFirstRequestOfAnOpenLoopIsDue) {
  set_rate("1k");
  spec_.max_connections = 100;
  Simulation simulation(spec_, answers_after(10 * kMicrosecond));
  simulation.set_time_to_connect(20 * kMillisecond);
  const Tally tally = run(simulation);
  EXPECT_EQ(simulation.connects(), 4);
  EXPECT_EQ(tally.completed, 10'000);
  EXPECT_EQ(tally.open_loop.queued, 0);
}

TEST_F(DriverTest, SendsOnTime) {
  spec_.duration = 1s;
  set_rate("20k");
  const Tally tally = run(answers_after(10 * kMicrosecond));
  EXPECT_EQ(tally.open_loop.planned, 20'000);
  EXPECT_LE(tally.open_loop.lateness.max(), 2 * kMicrosecond);
}

// Samples each 10 ms would meet 22 requests later always the same moment.
TEST_F(DriverTest, CountsWhatIsInFlightAtMomentsThatDoNotBeatWithTheRate) {
  set_rate("2200");
  const Tally tally = run(answers_after(114 * kMicrosecond));
  EXPECT_NEAR(tally.in_flight_average, 2200 * 114e-6, 0.05);
}

TEST_F(DriverTest, SendsAtRandomIntervalsInAPoissonProcess) {
  spec_.arrival = ArrivalKind::poisson;
  set_rate("1k");
  spec_.max_connections = 100;
  Simulation simulation(spec_, answers_after(10 * kMicrosecond));
  run(simulation);
  std::vector<double> gaps;
  const auto& arrivals = simulation.arrivals();
  for (std::size_t i = 1; i < arrivals.size(); ++i) {
    gaps.push_back(static_cast<double>(arrivals[i] - arrivals[i - 1]));
  }
  EXPECT_LT(anderson_darling_exponential(gaps, kMillisecond),
            kAndersonDarlingAtOnePercent);
}

TEST_F(DriverTest, CountsWhatItCouldNotSend) {
  set_rate("10k");
  const Tally tally = run(answers_after(4 * kMillisecond));
  EXPECT_NEAR(static_cast<double>(tally.completed), 10'000, 10);
  EXPECT_EQ(tally.open_loop.planned, 100'000);
  EXPECT_NEAR(static_cast<double>(tally.open_loop.unsent), 90'000, 20);
  EXPECT_GE(tally.open_loop.backlog_peak, 89'900);
}

TEST_F(DriverTest, LeavesWarmUpArrivalsOut) {
  spec_.warmup = 1s;
  set_rate("1k");
  const Tally tally = run(answers_after(10 * kMicrosecond));
  EXPECT_EQ(tally.open_loop.planned, 10'000);
  EXPECT_NEAR(static_cast<double>(tally.completed), 10'000, 1);
}

TEST_F(DriverTest, ConnectsForEachRequestOfAnOpenLoopInCloseMode) {
  spec_.close = true;
  set_rate("1k");
  Simulation simulation(spec_, [](std::uint64_t, Nanoseconds now) {
    return Answer{
        .at = now + 20 * kMicrosecond, .bytes = kGoodAndClose, .ends = true};
  });
  simulation.set_time_to_connect(30 * kMicrosecond);
  const Tally tally = run(simulation);
  EXPECT_EQ(tally.completed, 10'000);
  EXPECT_EQ(simulation.connects(), 10'000);
  EXPECT_NEAR(tally.total.mean(), 50 * kMicrosecond, 1100);
  EXPECT_NEAR(tally.service.mean(), 20 * kMicrosecond, 100);
  EXPECT_NEAR(tally.connect.mean(), 30 * kMicrosecond, 100);
}

// Half a second of refusals is a hundred attempts and not a million.
TEST_F(DriverTest, BacksOffWhileItIsRefused) {
  spec_.connections = 1;
  spec_.duration = 1s;
  Simulation simulation(spec_, answers_after(kMillisecond));
  simulation.set_listener(
      [](Nanoseconds now) { return now < kSecond / 2 ? ECONNREFUSED : 0; });
  const Tally tally = run(simulation);
  EXPECT_GE(tally.errors.connect, 5);
  EXPECT_LE(tally.errors.connect, 20);
  EXPECT_EQ(tally.causes.connect_refused, tally.errors.connect);
  EXPECT_GE(tally.completed, 380);
}

// Once its trouble is over, so is the waiting between requests.
TEST_F(DriverTest, RecoversFromAnErrorWithEveryKindOfReply) {
  for (const std::string& reply :
       {kGoodAndClose, std::string("HTTP/1.0 200 OK\r\n\r\nok")}) {
    spec_.connections = 1;
    spec_.requests = 200;
    const Tally tally = run([&](std::uint64_t count, Nanoseconds now) {
      if (count == 0) return broken_off(now);
      return Answer{.at = now + kMillisecond, .bytes = reply, .ends = true};
    });
    EXPECT_EQ(tally.errors.reset, 1);
    EXPECT_EQ(tally.completed, 199);
    EXPECT_LT(tally.measured, 220 * kMillisecond) << "it waits in between";
  }
}

TEST_F(DriverTest, CountsAHungRequestWithTheTimeItHasTaken) {
  spec_.timeout = 1s;
  spec_.connections = 1;
  const Tally tally = run([](std::uint64_t count, Nanoseconds now) {
    const Nanoseconds never = 1000 * kSecond;
    return Answer{.at = count == 5 ? never : now + kMillisecond,
                  .bytes = kGood};
  });
  EXPECT_EQ(tally.errors.timeout, 1);
  EXPECT_GE(tally.total.max(), kSecond);
  EXPECT_LE(tally.total.max(), kSecond + 20 * kMillisecond);
}

TEST_F(DriverTest, TellsTheOldestRequestThatIsStillUnderWay) {
  const Tally tally = run([](std::uint64_t count, Nanoseconds now) {
    return Answer{.at = count == 5 ? 1000 * kSecond : now + kMillisecond,
                  .bytes = kGood};
  });
  EXPECT_EQ(tally.in_flight, 4);
  EXPECT_NEAR(milliseconds(tally.oldest_in_flight), 10'000, 10);
}

TEST_F(DriverTest, RemakesAKeptConnectionThatIsLostWhileIdle) {
  set_rate("10");
  const Tally tally = run([](std::uint64_t, Nanoseconds now) {
    return Answer{.at = now + kMillisecond, .bytes = kGood, .ends = true};
  });
  EXPECT_EQ(tally.completed, 100);
  EXPECT_EQ(tally.errors.total(), 0);
  EXPECT_EQ(tally.closed_by_server, 100);
  EXPECT_EQ(tally.connections_opened, 104);
}

TEST_F(DriverTest, KeepsAPipelineFull) {
  spec_.pipeline = 8;
  spec_.connections = 1;
  const Tally tally = run(answers_after(kMillisecond));
  EXPECT_NEAR(static_cast<double>(tally.completed), 80'000, 8);
  EXPECT_NEAR(tally.in_flight_average, 8, 0.1);
  EXPECT_NEAR(milliseconds(tally.total.percentile(50)), 1, 0.002);
}

// Of five requests one is lost with its connection, and four are answered, as
// expected or not.
TEST_F(DriverTest, CountsAllOfItsLifeWhateverTheVerdict) {
  spec_.warmup = 1s;
  spec_.requests = 1000;
  spec_.expect_body = "ok";
  std::uint64_t answered = 0;
  Simulation simulation(spec_, [&](std::uint64_t count, Nanoseconds now) {
    if (count % 5 == 4) return broken_off(now + kMillisecond);
    ++answered;
    Answer answer{.at = now + kMillisecond, .bytes = kGood};
    if (count % 5 == 1) answer.bytes.replace(9, 3, "404");
    if (count % 5 == 2) answer.bytes.replace(answer.bytes.size() - 2, 2, "no");
    if (count % 5 == 3) {
      answer.bytes = kGoodAndClose;
      answer.ends = true;
    }
    return answer;
  });
  const Tally tally = run(simulation);
  EXPECT_EQ(tally.started, 1000);
  EXPECT_EQ(tally.in_flight, 0);
  EXPECT_GT(tally.errors.status, 0);
  EXPECT_GT(tally.errors.body, 0);
  EXPECT_GT(tally.errors.reset, 0);
  EXPECT_GT(answered, 1000) << "the warm-up's too";
  EXPECT_EQ(tally.lifetime.answers, answered);
  EXPECT_EQ(tally.lifetime.requests_started, simulation.arrivals().size());
  EXPECT_EQ(tally.lifetime.connections_opened, simulation.connects());
}

TEST_F(DriverTest, FailsAllOfAPipelineThatBreaks) {
  spec_.pipeline = 8;
  spec_.connections = 1;
  spec_.requests = 80;
  const Tally tally = run([](std::uint64_t count, Nanoseconds now) {
    if (count == 3) return broken_off(now);
    return Answer{.at = now + kMillisecond, .bytes = kGood};
  });
  EXPECT_EQ(tally.errors.reset, 8);
  EXPECT_EQ(tally.completed, 72);
}

}  // namespace
}  // namespace sockmark
