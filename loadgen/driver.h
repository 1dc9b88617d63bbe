// One thread's load without its I/O: which connection sends when, what becomes
// of those that are lost, when all of it begins and ends.
//
// Closed loop: each connection sends its next request when it has the reply to
// the last. Open loop: requests are due at times of their own, whatever the
// server does; they wait only when all connections are busy.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string_view>
#include <vector>

#include "loadgen/connection.h"
#include "loadgen/engine.h"
#include "loadgen/meter.h"
#include "loadgen/open_loop.h"
#include "loadgen/options.h"
#include "loadgen/tally.h"

namespace sockmark {

// When to measure, on CLOCK_MONOTONIC. Load before the start is warm-up.
struct Window {
  Nanoseconds start = 0;
  Nanoseconds end = 0;
};

// One thread's share of the load.
struct Share {
  int thread = 0;
  int threads = 1;
  int connections = 0;         // kept open
  int max_connections = 0;     // of an open loop that needs more
  std::uint64_t requests = 0;  // stop after so many; 0: no limit

  // At most so many at a time.
  std::uint32_t most_connections() const {
    return static_cast<std::uint32_t>(std::max(connections, max_connections));
  }
};

class Driver {
 public:
  // All three must outlive the driver.
  Driver(const LoadSpec& spec, Share share, Engine& engine);

  // Once. Puts the load on until the window ends, the share is done or `stop`
  // is set. An open loop that keeps connections makes them first, and moves the
  // window by as long as that takes. timestamp_error in the result is the
  // longest that a reply waited behind others that were ready with it.
  Tally run(Window window, const std::atomic<bool>& stop,
            Intervals* intervals = nullptr);

  // What the engine tells. `now` is when it learnt of it.
  Connection& connection(std::uint32_t index) { return connections_[index]; }
  // `error`: how the connection broke since, or 0.
  void connected(Connection& connection, Nanoseconds now, int error = 0);
  void failed_to_connect(Connection& connection, int error, Nanoseconds now);
  void writable(Connection& connection, Nanoseconds now);
  void received(Connection& connection, std::string_view bytes,
                Nanoseconds now);
  void skipped(Connection& connection, std::uint64_t bytes, Nanoseconds now);
  void ended(Connection& connection, Nanoseconds now);  // end of file
  void broken(Connection& connection, int error, Nanoseconds now);

 private:
  using State = Connection::State;

  void connect_ahead(Window& window, const std::atomic<bool>& stop);
  void begin(Window window);
  bool is_over(Window window, const std::atomic<bool>& stop) const;
  bool may_begin() const;
  void wait(Window window);

  void handle(Connection& connection, Exchange::Outcome outcome);
  void next_request(Connection& connection);
  void begin_requests(Connection& connection);
  void make_request(Connection& connection);
  void connect(Connection& connection);
  void send(Connection& connection);
  void close(Connection& connection, std::uint64_t Tally::*by);
  void replace(Connection& connection);
  bool is_kept_open(const Connection& connection) const;

  void begin_due();
  Connection* take_free();
  void set_free(Connection& connection);

  void tick();
  void set_next_tick();
  void check_times(Connection& connection);
  void start_measuring();
  void finish_measuring();

  const LoadSpec& spec_;
  const Share share_;
  Engine& engine_;
  ExchangeContext context_;
  Tally& tally_ = context_.tally;
  Meter meter_{tally_};
  std::deque<Connection> connections_;  // they neither move nor copy
  std::optional<OpenLoopClock> due_;    // none in a closed loop
  std::deque<Connection*> free_open_;
  std::vector<Connection*> free_unused_;

  bool is_beginning_ = false;  // in begin_due(), which is not to nest

  Nanoseconds now_ = 0;
  Nanoseconds next_tick_ = 0;
  std::minstd_rand tick_lengths_;
  std::size_t next_checked_ = 0;
};

}  // namespace sockmark
