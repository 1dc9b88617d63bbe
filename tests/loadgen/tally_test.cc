#include "loadgen/tally.h"

#include <gtest/gtest.h>

#include "tests/loadgen/ledger.h"

namespace sockmark {
namespace {

// Every field different, and different for each `k`.
Tally tally_of(std::uint64_t k) {
  Tally tally;
  tally.completed = 10 * k;
  tally.in_flight = 2 * k;
  tally.errors = {.connect = k,
                  .timeout = 2 * k,
                  .reset = 3 * k,
                  .closed = 4 * k,
                  .status = 5 * k,
                  .body = 6 * k,
                  .parse = 7 * k,
                  .local = 8 * k};
  tally.started = 48 * k;
  tally.connections_opened = 9 * k;
  tally.connections_open = 3 * k;
  tally.closed_by_server = 4 * k;
  tally.closed_by_client = 2 * k;
  tally.connections_served = 5 * k;
  tally.connections_average = 2.5 * static_cast<double>(k);
  tally.bytes_sent = 100 * k;
  tally.bytes_received = 1000 * k;
  for (std::uint64_t i = 0; i < 12 * k; ++i) {
    tally.total.record(11);
    tally.service.record(7);
  }
  for (std::uint64_t i = 0; i < k; ++i) {
    tally.connect.record(1);
    tally.send.record(2);
    tally.first_byte.record(3);
  }
  tally.series.assign(k, {.completed = k, .errors = 2 * k});
  tally.generator.cpu = 50 * static_cast<Nanoseconds>(k);
  tally.lifetime = {.requests_started = 70 * k,
                    .answers = 60 * k,
                    .connections_opened = 20 * k};
  return tally;
}

TEST(Tally, SumsEveryErrorOnce) {
  EXPECT_EQ(tally_of(1).errors.total(), 36);
  EXPECT_EQ(Errors().total(), 0);
}

TEST(Tally, AddsEverythingThatIsCounted) {
  Tally sum = tally_of(1);
  sum.merge(tally_of(2));
  const Tally expected = tally_of(3);
  EXPECT_EQ(sum.started, expected.started);
  EXPECT_EQ(sum.completed, expected.completed);
  EXPECT_EQ(sum.in_flight, expected.in_flight);
  for (const ErrorKind kind :
       {&Errors::connect, &Errors::timeout, &Errors::reset, &Errors::closed,
        &Errors::status, &Errors::body, &Errors::parse, &Errors::local}) {
    EXPECT_EQ(sum.errors.*kind, expected.errors.*kind);
  }
  EXPECT_EQ(sum.connections_opened, expected.connections_opened);
  EXPECT_EQ(sum.connections_open, expected.connections_open);
  EXPECT_EQ(sum.closed_by_server, expected.closed_by_server);
  EXPECT_EQ(sum.closed_by_client, expected.closed_by_client);
  EXPECT_EQ(sum.connections_served, expected.connections_served);
  EXPECT_EQ(sum.connections_average, expected.connections_average);
  EXPECT_EQ(sum.bytes_sent, expected.bytes_sent);
  EXPECT_EQ(sum.bytes_received, expected.bytes_received);
  EXPECT_EQ(sum.generator.cpu, expected.generator.cpu);
  EXPECT_EQ(sum.lifetime.requests_started, expected.lifetime.requests_started);
  EXPECT_EQ(sum.lifetime.answers, expected.lifetime.answers);
  EXPECT_EQ(sum.lifetime.connections_opened,
            expected.lifetime.connections_opened);
  expect_ledger_adds_up(sum);
}

TEST(Tally, MergesEveryHistogram) {
  Tally sum = tally_of(1);
  sum.merge(tally_of(2));
  EXPECT_EQ(sum.total.count(), 36);
  EXPECT_EQ(sum.total.max(), 11);
  EXPECT_EQ(sum.service.count(), 36);
  EXPECT_EQ(sum.service.max(), 7);
  EXPECT_EQ(sum.connect.count(), 3);
  EXPECT_EQ(sum.send.count(), 3);
  EXPECT_EQ(sum.first_byte.count(), 3);
}

TEST(Tally, AddsSeriesSliceBySlice) {
  for (const bool longer_first : {true, false}) {
    Tally sum = tally_of(longer_first ? 2 : 1);
    sum.merge(tally_of(longer_first ? 1 : 2));
    ASSERT_EQ(sum.series.size(), 2);
    EXPECT_EQ(sum.series[0].completed, 3);
    EXPECT_EQ(sum.series[0].errors, 6);
    EXPECT_EQ(sum.series[1].completed, 2);
    EXPECT_EQ(sum.series[1].errors, 4);
  }
}

TEST(Tally, KeepsTheWorstOfWhatCannotBeAdded) {
  Tally one;
  one.measured = 5;
  one.timestamp_error = 30;
  one.generator.busiest_thread = 0.2;
  Tally other;
  other.measured = 7;
  other.timestamp_error = 20;
  other.generator.busiest_thread = 0.9;
  other.last_local_error = "Too many open files";
  one.merge(other);
  EXPECT_EQ(one.measured, 7);
  EXPECT_EQ(one.timestamp_error, 30);
  EXPECT_EQ(one.generator.busiest_thread, 0.9);
  EXPECT_EQ(one.last_local_error, "Too many open files");
}

TEST(Tally, CarriesOnlyWhatIsUnderWayAndItsWholeLifeIntoTheWindow) {
  Tally tally = tally_of(3);
  tally.restart();
  EXPECT_EQ(tally.started, 6);
  EXPECT_EQ(tally.in_flight, 6);
  EXPECT_EQ(tally.completed, 0);
  EXPECT_EQ(tally.errors.total(), 0);
  EXPECT_EQ(tally.connections_opened, 9);
  EXPECT_EQ(tally.connections_open, 9);
  EXPECT_EQ(tally.closed_by_server, 0);
  EXPECT_EQ(tally.closed_by_client, 0);
  EXPECT_EQ(tally.bytes_sent, 0);
  EXPECT_EQ(tally.bytes_received, 0);
  EXPECT_EQ(tally.total.count(), 0);
  EXPECT_EQ(tally.connect.count(), 0);
  EXPECT_TRUE(tally.series.empty());
  EXPECT_EQ(tally.lifetime.requests_started, 210);
  EXPECT_EQ(tally.lifetime.answers, 180);
  EXPECT_EQ(tally.lifetime.connections_opened, 60);
  expect_ledger_adds_up(tally);
}

}  // namespace
}  // namespace sockmark
