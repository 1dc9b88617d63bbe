#include "loadgen/engine_uring.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <utility>

#include "lib/error.h"
#include "loadgen/client_socket.h"
#include "loadgen/clock.h"
#include "loadgen/driver.h"
#include "loadgen/request.h"
#include "loadgen/uring_operations.h"

namespace sockmark {
namespace {

constexpr unsigned kEntries = 4096;
constexpr std::size_t kBufferBytes = 4096;
constexpr std::uint32_t kMadeMask = 0xffffff;
constexpr std::uint64_t kWorthSkipping = 4096;
// More may wait for room in the socket, and must not be overtaken.
constexpr std::size_t kSentInSilence = 16 * 1024;

unsigned buffers_for(std::uint32_t connections) {
  return std::bit_ceil(std::clamp(2 * connections, 64U, 4096U));
}

bool is_still(const Connection& connection, std::uint32_t made) {
  return (connection.made & kMadeMask) == made && connection.exists();
}

}  // namespace

UringEngine::UringEngine(const LoadSpec& spec, const Address& address,
                         int thread, std::uint32_t connections, SetUp set_up)
    : address_(address),
      sources_(address, static_cast<unsigned>(thread)),
      no_delay_(spec.pipeline > 1),
      sends_in_silence_(build_request(spec).size() *
                            static_cast<std::size_t>(spec.pipeline) <=
                        kSentInSilence),
      ring_(kEntries),
      buffers_(ring_, buffers_for(connections), kBufferBytes),
      sets_up_in_ring_(set_up == SetUp::best && can_set_up_sockets(ring_)),
      sockets_(connections) {
  if (io_uring_register_files_sparse(ring_.get(), connections) < 0) {
    throw Unavailable("io_uring is not available: no table for sockets");
  }
}

Nanoseconds UringEngine::now() { return monotonic_now(); }

io_uring_sqe* UringEngine::next_entry(Operation operation,
                                      const Connection& connection) {
  io_uring_sqe* const entry = ring_.next_entry();
  entry->user_data = tag(operation, connection);
  return entry;
}

std::uint64_t UringEngine::tag(Operation operation,
                               const Connection& connection) {
  return static_cast<std::uint64_t>(operation) << 56 |
         static_cast<std::uint64_t>(connection.made & kMadeMask) << 32 |
         connection.index;
}

int UringEngine::connect(Connection& connection) {
  Socket& socket = sockets_[connection.index];
  socket = {};
  if (sets_up_in_ring_) {
    queue_socket(connection, socket);
  } else if (const int error = place_socket(connection)) {
    return error;
  }
  io_uring_sqe* const entry = next_entry(Operation::connect, connection);
  io_uring_prep_connect(entry, static_cast<int>(connection.index),
                        address_.get(), address_.size);
  entry->flags |= IOSQE_FIXED_FILE;
  return 0;
}

// A chain that ends in the connect: each link is done when the one before is.
void UringEngine::queue_socket(const Connection& connection, Socket& socket) {
  constexpr unsigned kLongestChain = 5;
  if (io_uring_sq_space_left(ring_.get()) < kLongestChain) submit();
  const auto link = [&] { return next_entry(Operation::set_up, connection); };
  const auto index = static_cast<int>(connection.index);
  prepare_socket(link(), address_.storage.ss_family, index);
  if (no_delay_) prepare_no_delay(link(), index);
  if (sources_.any()) {
    socket.source = sources_.next();
    prepare_bind_address_no_port(link(), index);
    prepare_bind(link(), index, socket.source);
  }
}

// Where the kernel can not do all of that in the ring.
int UringEngine::place_socket(const Connection& connection) {
  const Fd fd = open_client_socket(address_, 0, sources_, no_delay_);
  if (!fd) return errno;
  submit();  // the close of the one before
  const int number = fd.get();
  const int result =
      io_uring_register_files_update(ring_.get(), connection.index, &number, 1);
  return result < 0 ? -result : 0;
}

int UringEngine::send(Connection& connection) {
  Socket& socket = sockets_[connection.index];
  if (socket.is_sending) return 0;
  Exchange& exchange = connection.exchange;
  const std::string_view bytes = exchange.output();
  io_uring_sqe* const entry = next_entry(Operation::send, connection);
  io_uring_prep_send(entry, static_cast<int>(connection.index), bytes.data(),
                     bytes.size(), MSG_NOSIGNAL | MSG_WAITALL);
  entry->flags |= IOSQE_FIXED_FILE;
  if (sends_in_silence_ && turn_ < next_timed_send_) {
    entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
    exchange.handed_over();
  } else {
    socket.is_sending = true;
    next_timed_send_ = turn_ + kTimedSendGap;
  }
  return 0;
}

void UringEngine::close(Connection& connection) {
  Socket& socket = sockets_[connection.index];
  // What still goes on in the kernel would keep the socket open.
  if (connection.state == Connection::State::connecting) {
    cancel(Operation::connect, connection);
  }
  if (std::exchange(socket.is_receiving, false)) {
    cancel(Operation::receive, connection);
  }
  if (std::exchange(socket.is_sending, false)) {
    cancel(Operation::send, connection);
  }
  io_uring_sqe* const entry = next_entry(Operation::other, connection);
  io_uring_prep_close_direct(entry, connection.index);
  entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

void UringEngine::cancel(Operation operation, const Connection& connection) {
  io_uring_sqe* const entry = next_entry(Operation::other, connection);
  io_uring_prep_cancel64(entry, tag(operation, connection), 0);
  entry->flags |= IOSQE_CQE_SKIP_SUCCESS;
}

void UringEngine::submit() { io_uring_submit(ring_.get()); }

// Once, and then the kernel goes on by itself. But replies that are large are
// taken one by one: the head into a buffer, the body dropped where it is.
void UringEngine::receive(Connection& connection) {
  Socket& socket = sockets_[connection.index];
  socket.is_receiving = true;
  const auto index = static_cast<int>(connection.index);
  io_uring_sqe* const entry = next_entry(Operation::receive, connection);
  const std::uint64_t skippable = connection.exchange.skippable();
  socket.skips = skippable >= kWorthSkipping;
  if (socket.skips) {
    // Without MSG_WAITALL: the kernel forgets how much of it was dropped.
    io_uring_prep_recv(entry, index, nullptr, skippable, MSG_TRUNC);
    entry->flags |= IOSQE_FIXED_FILE;
    return;
  }
  if (connection.exchange.expects_large_reply()) {
    io_uring_prep_recv(entry, index, nullptr, 0, 0);
  } else {
    io_uring_prep_recv_multishot(entry, index, nullptr, 0, 0);
  }
  entry->flags |= IOSQE_FIXED_FILE | IOSQE_BUFFER_SELECT;
  entry->buf_group = RingBuffers::kGroup;
  entry->ioprio |= IORING_RECVSEND_POLL_FIRST;  // there is nothing there yet
}

Turn UringEngine::wait(Nanoseconds until, Driver& driver) {
  buffers_.give_back();
  enter(until);
  turn_ = monotonic_now();
  collect(driver);
  for (const Event& event : events_) tell(event, driver);
  return {.events = static_cast<int>(events_.size()), .began = turn_};
}

void UringEngine::enter(Nanoseconds until) {
  const Nanoseconds left = until - monotonic_now();
  int result = 0;
  if (left <= 0) {
    result = io_uring_submit_and_get_events(ring_.get());
  } else {
    __kernel_timespec limit{};
    limit.tv_sec = left / 1'000'000'000;
    limit.tv_nsec = left % 1'000'000'000;
    io_uring_cqe* first = nullptr;
    result = io_uring_submit_and_wait_timeout(ring_.get(), &first, 1, &limit,
                                              nullptr);
  }
  if (result < 0 && result != -ETIME && result != -EINTR && result != -EBUSY) {
    throw_errno("io_uring_enter", -result);
  }
}

// An end of file is made known ahead of what came before it in the same turn,
// so that no request is sent to a server that has gone.
void UringEngine::collect(Driver& driver) {
  events_.clear();
  unsigned head = 0;
  unsigned count = 0;
  const io_uring_cqe* done = nullptr;
  io_uring_for_each_cqe(ring_.get(), head, done) {
    ++count;
    const Event event{
        .operation = static_cast<Operation>(done->user_data >> 56),
        .index = static_cast<std::uint32_t>(done->user_data),
        .made = static_cast<std::uint32_t>(done->user_data >> 32) & kMadeMask,
        .result = done->res,
        .goes_on = (done->flags & IORING_CQE_F_MORE) != 0,
        .bytes = buffers_.take(*done)};
    if (event.operation == Operation::other) continue;
    Connection& connection = driver.connection(event.index);
    if (!is_still(connection, event.made)) continue;
    events_.push_back(event);
    if (event.operation == Operation::receive && event.result == 0) {
      connection.peer_is_gone = true;
    }
  }
  io_uring_cq_advance(ring_.get(), count);
}

void UringEngine::tell(const Event& event, Driver& driver) {
  Connection& connection = driver.connection(event.index);
  if (!is_still(connection, event.made)) return;
  Socket& socket = sockets_[event.index];
  switch (event.operation) {
    case Operation::set_up:
      if (event.result != -ECANCELED) socket.set_up_error = -event.result;
      return;
    case Operation::connect:
      return tell_connect(event, connection, driver);
    case Operation::send:
      // The end of what is received says better how the server has gone.
      if (event.result == -EPIPE && socket.is_receiving) return;
      if (event.result < 0) {
        return driver.broken(connection, -event.result, turn_);
      }
      if (!std::exchange(socket.is_sending, false)) return;
      connection.exchange.sent(static_cast<std::size_t>(event.result), turn_);
      return driver.writable(connection, turn_);
    case Operation::receive:
      socket.is_receiving = event.goes_on;
      tell_receive(event, connection, driver);
      if (!is_still(connection, event.made)) return;
      if (!socket.is_receiving) return receive(connection);
      if (connection.exchange.expects_large_reply() &&
          !std::exchange(socket.stops_receiving, true)) {
        cancel(Operation::receive, connection);
      }
      return;
    case Operation::other:
      return;
  }
}

void UringEngine::tell_connect(const Event& event, Connection& connection,
                               Driver& driver) {
  // A reset comes after the connection was established.
  const bool is_reset = event.result == -ECONNRESET;
  if (event.result < 0 && !is_reset) {
    const int set_up_error = sockets_[event.index].set_up_error;
    return driver.failed_to_connect(
        connection, set_up_error != 0 ? set_up_error : -event.result, turn_);
  }
  driver.connected(connection, turn_, is_reset ? ECONNRESET : 0);
  if (is_still(connection, event.made)) receive(connection);
}

void UringEngine::tell_receive(const Event& event, Connection& connection,
                               Driver& driver) {
  const int result = event.result;
  if (result > 0 && sockets_[event.index].skips) {
    driver.skipped(connection, static_cast<std::uint64_t>(result), turn_);
  } else if (result > 0) {
    driver.received(connection, event.bytes, turn_);
  } else if (result == 0) {
    driver.ended(connection, turn_);
  } else if (result != -ENOBUFS && result != -ECANCELED && result != -EINTR) {
    driver.broken(connection, -result, turn_);
  }
}

}  // namespace sockmark
