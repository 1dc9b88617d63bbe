// An exchange whose clock and peer are the test. After every step the ledger is
// checked.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "loadgen/exchange.h"
#include "tests/loadgen/ledger.h"

namespace sockmark {

inline std::string reply(const std::string& status = "200 OK",
                         const std::string& headers = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: 5\r\n" + headers +
         "\r\nhello";
}

// The times are made up: microseconds, spelled as they are meant.
constexpr Nanoseconds at(int microseconds) { return microseconds * 1000; }

class ExchangeTest : public testing::Test {
 protected:
  ~ExchangeTest() override { expect_ledger_adds_up(tally_); }

  // Begins and sends a request on an open connection.
  void ask(Nanoseconds now = 0) {
    exchange_.begin(now, now);
    exchange_.sent(exchange_.output().size(), now);
    expect_ledger_adds_up(tally_);
  }

  bool answer(const std::string& bytes, Nanoseconds now = 0) {
    outcome_ = exchange_.received(bytes, now);
    expect_ledger_adds_up(tally_);
    const bool has_ended = outcome_ != Exchange::Outcome::more;
    EXPECT_EQ(has_ended, exchange_.in_flight() == 0);
    return has_ended;
  }

  void expect_only(ErrorKind kind) {
    EXPECT_EQ(tally_.errors.*kind, 1);
    EXPECT_EQ(tally_.errors.total(), 1);
    EXPECT_EQ(tally_.completed, 0);
    EXPECT_EQ(exchange_.in_flight(), 0);
    EXPECT_FALSE(exchange_.served());
  }

  bool reusable() const { return outcome_ == Exchange::Outcome::ended; }

  LoadSpec spec_;
  ExchangeContext context_{spec_};
  Tally& tally_ = context_.tally;
  Exchange exchange_{context_};
  Exchange::Outcome outcome_ = Exchange::Outcome::more;
};

inline void expect_one(const Histogram& histogram, Nanoseconds value) {
  EXPECT_EQ(histogram.count(), 1);
  EXPECT_EQ(histogram.max(), value);
}

}  // namespace sockmark
