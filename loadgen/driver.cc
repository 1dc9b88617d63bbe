#include "loadgen/driver.h"

#include <algorithm>
#include <cerrno>

namespace sockmark {
namespace {

constexpr Nanoseconds kTick = 10'000'000;  // on average
// Timeouts are as coarse as it takes to look at all connections, so many with
// each tick.
constexpr std::size_t kCheckedPerTick = 1000;
constexpr Nanoseconds kPatience = 1'000'000'000;  // to connect at first
constexpr Nanoseconds kPatienceWithClose = 1'000'000'000;
// A sleep may last this much longer than it should; the rest is spent awake.
constexpr Nanoseconds kSpin = 200'000;

}  // namespace

Driver::Driver(const LoadSpec& spec, Share share, Engine& engine)
    : spec_(spec),
      share_(share),
      engine_(engine),
      context_(spec),
      tick_lengths_(static_cast<std::uint32_t>(1 + share.thread)) {
  for (std::uint32_t i = 0; i < share.most_connections(); ++i) {
    connections_.emplace_back(context_, i);
  }
  tally_.series.reserve(
      static_cast<std::size_t>(spec.duration.count() / Tally::kIntervalNs) + 2);
}

Tally Driver::run(Window window, const std::atomic<bool>& stop,
                  Intervals* intervals) {
  meter_.publish_to(intervals, share_.thread);
  now_ = engine_.now();
  set_next_tick();
  if (spec_.rate && !spec_.close) connect_ahead(window, stop);
  begin(window);
  while (!is_over(window, stop)) {
    wait(window);
    if (!meter_.measuring() && now_ >= window.start) start_measuring();
    if (due_) begin_due();
    if (now_ >= next_tick_) tick();
  }
  finish_measuring();
  return std::move(tally_);
}

// Else what is due at first would open more than the connections to be kept.
void Driver::connect_ahead(Window& window, const std::atomic<bool>& stop) {
  const Nanoseconds began = now_;
  const Nanoseconds patience = std::min(spec_.timeout.count(), kPatience);
  for (int i = 0; i < share_.connections; ++i) {
    connect(connections_[static_cast<std::size_t>(i)]);
  }
  const auto wanted = static_cast<std::uint64_t>(share_.connections);
  while (tally_.connections_open < wanted && now_ - began < patience &&
         !stop.load(std::memory_order_relaxed)) {
    engine_.wait(began + patience, *this);
    now_ = engine_.now();
  }
  window.start += now_ - began;
  window.end += now_ - began;
}

void Driver::begin(Window window) {
  if (spec_.rate) {
    due_.emplace(spec_, share_.thread, share_.threads, window.start);
  }
  if (now_ >= window.start) start_measuring();
  is_beginning_ = true;  // until all that are free are known
  for (Connection& connection : connections_) {
    if (!due_) {
      next_request(connection);
    } else if (connection.state == State::open) {
      set_free(connection);
    } else if (connection.state == State::unused) {
      replace(connection);
    }
  }
  is_beginning_ = false;
}

bool Driver::is_over(Window window, const std::atomic<bool>& stop) const {
  const bool is_done =
      meter_.measuring() && !may_begin() && tally_.in_flight == 0;
  return now_ >= window.end || is_done || stop.load(std::memory_order_relaxed);
}

bool Driver::may_begin() const {
  return share_.requests == 0 || !meter_.measuring() ||
         tally_.started < share_.requests;
}

void Driver::wait(Window window) {
  Nanoseconds until =
      std::min(next_tick_, meter_.measuring() ? window.end : window.start);
  const bool awaits_due = due_ && !due_->is_blocked() && may_begin();
  if (awaits_due) {
    until = std::min(until, due_->next() - (spec_.spin ? kSpin : 0));
  }
  const Nanoseconds before = now_;
  const Turn turn = engine_.wait(until, *this);
  now_ = engine_.now();
  ++tally_.generator.waits;
  tally_.timestamp_error = std::max(tally_.timestamp_error, now_ - turn.began);
  // One that takes longer was not all ours.
  constexpr Nanoseconds kLongestPoll = 20'000;
  const bool has_spun = turn.events == 0 && until <= before;
  if (has_spun) {
    tally_.generator.spun += std::min(now_ - before, kLongestPoll);
  }
}

// At random, as samples at even intervals beat with a rate: each 10 ms, a load
// of 2,200 per second is always at the same point between two requests.
void Driver::set_next_tick() {
  next_tick_ =
      now_ + kTick / 2 + static_cast<Nanoseconds>(tick_lengths_()) % kTick;
}

void Driver::tick() {
  set_next_tick();
  meter_.sample(now_);
  if (due_) due_->count_due(now_, tally_.open_loop);
  const std::size_t count = std::min(kCheckedPerTick, connections_.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (next_checked_ >= connections_.size()) next_checked_ = 0;
    check_times(connections_[next_checked_++]);
  }
}

void Driver::check_times(Connection& connection) {
  const auto is_over = [&](Nanoseconds since, Nanoseconds limit) {
    return now_ - since > limit;
  };
  const Nanoseconds timeout = spec_.timeout.count();
  switch (connection.state) {
    case State::unused:
      return;
    case State::backing_off:
      if (now_ < connection.retry_at || !may_begin()) return;
      connection.state = State::unused;
      return due_ ? connect(connection) : begin_requests(connection);
    case State::connecting:
      if (!is_over(connection.since, timeout)) return;
      return failed_to_connect(connection, ETIMEDOUT, now_);
    case State::open:
      if (connection.exchange.in_flight() == 0 ||
          !is_over(connection.exchange.begun_at(), timeout)) {
        return;
      }
      connection.exchange.fail(&Errors::timeout, now_);
      break;
    case State::closing:
      if (!is_over(connection.since, kPatienceWithClose)) return;
      break;
  }
  close(connection, &Tally::closed_by_client);
  replace(connection);
}

void Driver::start_measuring() {
  meter_.start(now_);
  for (Connection& connection : connections_) {
    connection.exchange.forget_served();
    tally_.time_in_flight -= connection.exchange.time_in_flight(now_);
  }
}

void Driver::finish_measuring() {
  now_ = engine_.now();
  if (due_) due_->count_due(now_, tally_.open_loop);
  for (const Connection& connection : connections_) {
    const Exchange& exchange = connection.exchange;
    if (exchange.served()) ++tally_.connections_served;
    if (exchange.in_flight() == 0) continue;
    tally_.time_in_flight += exchange.time_in_flight(now_);
    tally_.oldest_in_flight =
        std::max(tally_.oldest_in_flight, now_ - exchange.begun_at());
  }
  meter_.finish(now_);
}

}  // namespace sockmark
