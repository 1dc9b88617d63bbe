// What one thread counts while it measures, and the sum of all threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "loadgen/histogram.h"

namespace sockmark {

using Nanoseconds = std::int64_t;  // of CLOCK_MONOTONIC, or a span of it

// Every request that is not answered as expected ends in exactly one of these.
struct Errors {
  std::uint64_t connect = 0;  // refused, unreachable or timed out
  std::uint64_t timeout = 0;  // no whole reply in time
  std::uint64_t reset = 0;
  std::uint64_t closed = 0;  // by the server, before the reply was whole
  std::uint64_t status = 0;  // not the expected one
  std::uint64_t body = 0;    // not the expected one
  std::uint64_t parse = 0;   // no HTTP
  std::uint64_t local = 0;   // our own limits: ports, descriptors, memory

  std::uint64_t total() const {
    return connect + timeout + reset + closed + status + body + parse + local;
  }
};

using ErrorKind = std::uint64_t Errors::*;

// Completed and failed requests of one slice of the measured window.
struct Interval {
  std::uint64_t completed = 0;
  std::uint64_t errors = 0;
};

// started = completed + errors.total() + in_flight, always; in the same way
// connections_opened = closed by either side + connections_open.
struct Tally {
  static constexpr Nanoseconds kIntervalNs = 100'000'000;

  std::uint64_t started = 0;
  std::uint64_t completed = 0;
  std::uint64_t in_flight = 0;
  Errors errors;

  std::uint64_t connections_opened = 0;
  std::uint64_t connections_open = 0;
  std::uint64_t closed_by_server = 0;
  std::uint64_t closed_by_client = 0;
  std::uint64_t connections_served =
      0;                           // of the requested ones, with an answer
  double connections_average = 0;  // open, over the window

  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;

  Histogram total;       // from the intended send to the whole reply
  Histogram service;     // from the actual send to the whole reply
  Histogram connect;     // to an established connection
  Histogram send;        // to the whole request handed to the kernel
  Histogram first_byte;  // from there to the first byte of the reply
  std::vector<Interval> series;

  Nanoseconds measured = 0;
  Nanoseconds cpu = 0;              // of the generator's threads
  Nanoseconds timestamp_error = 0;  // upper bound: see EpollEngine
  double busiest_thread = 0;        // CPU time per time, 0 to 1
  std::string last_local_error;     // in words

  // Starts the measured window: forgets what is finished and carries over what
  // is under way, so that the sums above hold.
  void restart();

  void merge(const Tally& other);
};

}  // namespace sockmark
