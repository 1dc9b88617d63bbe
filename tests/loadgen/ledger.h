// What must hold of every tally, whatever has happened.
#pragma once

#include <gtest/gtest.h>

#include "loadgen/tally.h"

namespace sockmark {

inline void expect_ledger_adds_up(const Tally& tally) {
  EXPECT_EQ(tally.started,
            tally.completed + tally.errors.total() + tally.in_flight);
  EXPECT_EQ(
      tally.connections_opened,
      tally.closed_by_server + tally.closed_by_client + tally.connections_open);
  EXPECT_EQ(tally.total.count(), tally.completed + tally.errors.timeout);
  EXPECT_EQ(tally.service.count(), tally.completed + tally.errors.timeout);
  EXPECT_LE(tally.started, tally.lifetime.requests_started);
  EXPECT_LE(tally.completed + tally.errors.status, tally.lifetime.answers);
  EXPECT_LE(tally.lifetime.answers, tally.lifetime.requests_started);
}

}  // namespace sockmark
