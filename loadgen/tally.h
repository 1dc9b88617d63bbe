// What one thread counts while it measures, and the sum of all threads.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
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

// For which cause, counted once for each connection that failed: a pipeline is
// several requests, and one kept for later none.
struct ErrorCauses {
  std::uint64_t connect_refused = 0;
  std::uint64_t connect_timeout = 0;
  std::uint64_t reset_in_reply = 0;   // after its first byte
  std::uint64_t closed_in_reply = 0;  // a short body, mostly
  std::uint64_t local_ports = 0;
  std::uint64_t local_descriptors = 0;
};

// Name and member of each, for those who go through all.
inline constexpr std::array<std::pair<const char*, ErrorKind>, 8> kErrorKinds{{
    {"connect", &Errors::connect},
    {"timeout", &Errors::timeout},
    {"reset", &Errors::reset},
    {"closed", &Errors::closed},
    {"status", &Errors::status},
    {"body", &Errors::body},
    {"parse", &Errors::parse},
    {"local", &Errors::local},
}};
inline constexpr std::array<
    std::pair<const char*, std::uint64_t ErrorCauses::*>, 6>
    kErrorCauses{{
        {"connect_refused", &ErrorCauses::connect_refused},
        {"connect_timeout", &ErrorCauses::connect_timeout},
        {"reset_in_reply", &ErrorCauses::reset_in_reply},
        {"closed_in_reply", &ErrorCauses::closed_in_reply},
        {"local_ports", &ErrorCauses::local_ports},
        {"local_descriptors", &ErrorCauses::local_descriptors},
    }};

// Completed and failed requests of one slice of the measured window.
struct Interval {
  std::uint64_t completed = 0;
  std::uint64_t errors = 0;
};

// How well the requests of an open loop kept to their times.
struct OpenLoop {
  std::uint64_t planned = 0;       // due in the window
  std::uint64_t unsent = 0;        // of those, when it ended
  std::uint64_t queued = 0;        // waited because all connections were busy
  std::uint64_t backlog_peak = 0;  // waiting at once
  Histogram lateness;  // of sends that need not wait: the generator's own

  void merge(const OpenLoop& other);
};

// What the generator itself used, and what kept it from running.
struct GeneratorUse {
  Nanoseconds cpu = 0;   // of its threads, spinning included
  Nanoseconds spun = 0;  // waiting for the next due time
  // Ready to run, but others had the core; none where the kernel does not say.
  std::optional<Nanoseconds> run_delay = 0;
  double busiest_thread = 0;       // CPU time but spinning, per time: 0 to 1
  double most_delayed_thread = 0;  // run_delay per time
  std::uint64_t waits = 0;         // system calls that wait for events

  void merge(const GeneratorUse& other);
};

// From the first connect to the end, warm-up included: what a server has to
// agree with. answers <= what it answered <= requests_started, and what lies
// between was not received in whole: in flight at the end, or lost.
struct Lifetime {
  std::uint64_t requests_started = 0;
  std::uint64_t answers = 0;  // whole replies, of the right kind or not
  std::uint64_t connections_opened = 0;

  void merge(const Lifetime& other);
};

// started = completed + errors.total() + in_flight, always; in the same way
// connections_opened = closed by either side + connections_open.
struct Tally {
  static constexpr Nanoseconds kIntervalNs = 100'000'000;

  std::uint64_t started = 0;
  std::uint64_t completed = 0;
  std::uint64_t in_flight = 0;
  Errors errors;
  ErrorCauses causes;

  std::uint64_t connections_opened = 0;
  std::uint64_t connections_open = 0;
  std::uint64_t closed_by_server = 0;
  std::uint64_t closed_by_client = 0;
  std::uint64_t connections_served =
      0;                           // of the requested ones, with an answer
  double connections_average = 0;  // open, over the window

  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;

  // A request that timed out is in the first two with the time until it was
  // given up: it would have taken longer.
  Histogram total;       // from the intended send to the whole reply
  Histogram service;     // from the actual send to the whole reply
  Histogram connect;     // to an established connection
  Histogram send;        // to the whole request handed to the kernel
  Histogram first_byte;  // from there to the first byte of the reply
  std::vector<Interval> series;

  OpenLoop open_loop;                // all zero in a closed loop
  Nanoseconds time_in_flight = 0;    // summed over the requests
  double in_flight_average = 0;      // sampled, for Little's law
  Nanoseconds oldest_in_flight = 0;  // at the end: how long it has waited

  Lifetime lifetime;
  Nanoseconds measured = 0;
  Nanoseconds timestamp_error = 0;  // see Driver
  GeneratorUse generator;
  std::string last_local_error;  // in words

  // Starts the measured window: forgets what is finished and carries over what
  // is under way, so that the sums above hold.
  void restart();

  void merge(const Tally& other);
};

}  // namespace sockmark
