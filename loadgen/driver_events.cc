// What becomes of a connection: the part of Driver that the engines call.
#include <algorithm>
#include <cerrno>
#include <cstring>

#include "loadgen/driver.h"
#include "loadgen/socket_errors.h"

namespace sockmark {
namespace {

constexpr Nanoseconds kFirstBackoff = 1'000'000;
constexpr Nanoseconds kLongestBackoff = 100'000'000;

// So that a server that is gone or ill is not stormed.
void back_off(Connection& connection) {
  connection.backoff =
      std::clamp(connection.backoff * 2, kFirstBackoff, kLongestBackoff);
}

}  // namespace

void Driver::connected(Connection& connection, Nanoseconds now, int error) {
  now_ = now;
  connection.state = State::open;
  ++tally_.connections_opened;
  ++tally_.lifetime.connections_opened;
  ++tally_.connections_open;
  tally_.connect.record(now - connection.since);
  connection.exchange.connected(now);
  if (error != 0) return broken(connection, error, now);
  if (connection.exchange.in_flight() > 0) return send(connection);
  set_free(connection);
}

void Driver::failed_to_connect(Connection& connection, int error,
                               Nanoseconds now) {
  now_ = now;
  engine_.close(connection);
  connection.state = State::unused;
  connection.exchange.fail(is_local(error) ? &Errors::local : &Errors::connect,
                           now);
  if (is_local(error)) tally_.last_local_error = std::strerror(error);
  if (error == ECONNREFUSED) ++tally_.causes.connect_refused;
  if (error == ETIMEDOUT) ++tally_.causes.connect_timeout;
  if (is_without_ports(error)) ++tally_.causes.local_ports;
  if (is_without_descriptors(error)) ++tally_.causes.local_descriptors;
  back_off(connection);
  replace(connection);
}

void Driver::writable(Connection& connection, Nanoseconds now) {
  now_ = now;
  if (connection.state != State::open) return;
  if (!connection.exchange.output().empty()) send(connection);
}

void Driver::received(Connection& connection, std::string_view bytes,
                      Nanoseconds now) {
  now_ = now;
  if (connection.state != State::open) return;
  handle(connection, connection.exchange.received(bytes, now));
}

void Driver::skipped(Connection& connection, std::uint64_t bytes,
                     Nanoseconds now) {
  now_ = now;
  if (connection.state != State::open) return;
  handle(connection, connection.exchange.skipped(bytes, now));
}

void Driver::handle(Connection& connection, Exchange::Outcome outcome) {
  if (outcome == Exchange::Outcome::more) return;
  connection.backoff = 0;
  if (connection.peer_is_gone) {
    close(connection, &Tally::closed_by_server);
  } else if (outcome == Exchange::Outcome::unusable) {
    if (connection.exchange.server_closes()) {
      // Who closes first keeps the port in TIME_WAIT: let the server do it.
      connection.state = State::closing;
      connection.since = now_;
      return;
    }
    close(connection, &Tally::closed_by_client);
  }
  // One that an open loop made because the others were busy has had its turn.
  if (connection.state == State::open && due_ && !is_kept_open(connection)) {
    close(connection, &Tally::closed_by_client);
  }
  if (connection.state != State::open) return replace(connection);
  if (!due_) return next_request(connection);
  set_free(connection);
}

void Driver::ended(Connection& connection, Nanoseconds now) {
  now_ = now;
  const bool was_idle =
      connection.state == State::open && connection.exchange.in_flight() == 0;
  const bool ended_well = connection.exchange.end_of_file(now);
  close(connection, &Tally::closed_by_server);
  if (ended_well && !was_idle) {
    connection.backoff = 0;
  } else {
    back_off(connection);
  }
  replace(connection);
}

// EPIPE: the server had closed before we sent.
void Driver::broken(Connection& connection, int error, Nanoseconds now) {
  now_ = now;
  connection.exchange.fail(error == EPIPE       ? &Errors::closed
                           : error == ETIMEDOUT ? &Errors::timeout
                                                : &Errors::reset,
                           now);
  close(connection, &Tally::closed_by_server);
  back_off(connection);
  replace(connection);
}

// Of a closed loop: as many as the pipeline is deep.
void Driver::next_request(Connection& connection) {
  if (!may_begin()) return;
  if (connection.backoff > 0 && connection.state == State::unused) {
    connection.state = State::backing_off;
    connection.retry_at = now_ + connection.backoff;
    return;
  }
  begin_requests(connection);
}

void Driver::begin_requests(Connection& connection) {
  while (connection.exchange.in_flight() < spec_.pipeline && may_begin()) {
    connection.exchange.begin(now_, now_);
  }
  make_request(connection);
}

// Sends what has begun, when there is a connection.
void Driver::make_request(Connection& connection) {
  if (connection.state == State::open) {
    send(connection);
  } else {
    connect(connection);
  }
}

void Driver::connect(Connection& connection) {
  connection.state = State::connecting;
  ++connection.made;
  connection.peer_is_gone = false;
  connection.since = now_;
  if (const int error = engine_.connect(connection)) {
    failed_to_connect(connection, error, now_);
  }
}

void Driver::send(Connection& connection) {
  if (const int error = engine_.send(connection)) {
    broken(connection, error, now_);
  }
}

void Driver::close(Connection& connection, std::uint64_t Tally::*by) {
  ++(tally_.*by);
  --tally_.connections_open;
  connection.exchange.fail(&Errors::closed, now_);
  connection.state = State::unused;
  engine_.close(connection);
}

// After a connection is lost, or was never made.
void Driver::replace(Connection& connection) {
  if (!spec_.rate) return next_request(connection);
  if (!is_kept_open(connection)) return set_free(connection);
  if (connection.backoff == 0) return connect(connection);
  connection.state = State::backing_off;
  connection.retry_at = now_ + connection.backoff;
}

bool Driver::is_kept_open(const Connection& connection) const {
  return !spec_.close &&
         connection.index < static_cast<std::uint32_t>(share_.connections);
}

// Of an open loop: the connection can take a request, or be made for one.
void Driver::set_free(Connection& connection) {
  if (!due_) return;
  if (!connection.is_free) {
    connection.is_free = true;
    if (connection.state == State::open) {
      free_open_.push_back(&connection);
    } else {
      free_unused_.push_back(&connection);
    }
  }
  if (due_->is_blocked()) {
    due_->count_due(now_, tally_.open_loop);
    due_->unblock(now_);
  }
  if (!is_beginning_) begin_due();
}

// One that is open rather than one that has still to be made. Those that were
// lost while they waited in the list come out of it unused.
Connection* Driver::take_free() {
  while (!free_open_.empty()) {
    Connection* const connection = free_open_.front();
    free_open_.pop_front();
    connection->is_free = false;
    const bool is_usable =
        connection->state == State::open || connection->state == State::unused;
    if (is_usable) return connection;
  }
  if (free_unused_.empty()) return nullptr;
  Connection* const connection = free_unused_.back();
  free_unused_.pop_back();
  connection->is_free = false;
  return connection;
}

void Driver::begin_due() {
  bool has_begun = false;
  is_beginning_ = true;
  while (due_->next() <= now_ && may_begin()) {
    Connection* const connection = take_free();
    if (connection == nullptr) {
      due_->block();
      break;
    }
    connection->exchange.begin(due_->begin(now_, tally_.open_loop), now_);
    make_request(*connection);
    has_begun = true;
    now_ = engine_.now();
  }
  is_beginning_ = false;
  if (has_begun) engine_.submit();
}

}  // namespace sockmark
