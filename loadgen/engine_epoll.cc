#include "loadgen/engine_epoll.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "lib/error.h"
#include "loadgen/client_socket.h"
#include "loadgen/clock.h"
#include "loadgen/driver.h"
#include "loadgen/socket_errors.h"

namespace sockmark {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
// The head of a reply whose body will be dropped, and not much more.
constexpr std::size_t kHeadBytes = 4096;
constexpr std::uint64_t kWorthSkipping = 4096;
constexpr std::uint32_t kPeerIsGone = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

// What the driver was told may have made it close the connection, and perhaps
// make another.
bool is_still(const Connection& connection, std::uint32_t made) {
  return connection.made == made && connection.exists();
}

}  // namespace

EpollEngine::EpollEngine(const LoadSpec& spec, const Address& address,
                         int thread, std::uint32_t connections)
    : address_(address),
      sources_(address, static_cast<unsigned>(thread)),
      no_delay_(spec.pipeline > 1),
      epoll_(check(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      fds_(connections),
      buffer_(kReadBytes) {}

Nanoseconds EpollEngine::now() { return monotonic_now(); }

int EpollEngine::connect(Connection& connection) {
  Fd& fd = fd_of(connection);
  fd = open_client_socket(address_, SOCK_NONBLOCK, sources_, no_delay_);
  if (!fd) return errno;
  if (::connect(fd.get(), address_.get(), address_.size) != 0 &&
      errno != EINPROGRESS) {
    return errno;
  }
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.u32 = connection.index;
  return epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd.get(), &event) == 0 ? 0
                                                                       : errno;
}

int EpollEngine::send(Connection& connection) {
  const std::string_view bytes = connection.exchange.output();
  const ssize_t sent =
      ::send(fd_of(connection).get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent < 0) return errno == EAGAIN || errno == EINTR ? 0 : errno;
  connection.exchange.sent(static_cast<std::size_t>(sent), monotonic_now());
  return 0;
}

void EpollEngine::close(Connection& connection) { fd_of(connection).reset(); }

Turn EpollEngine::wait(Nanoseconds until, Driver& driver) {
  const int count = ready(until);
  const Nanoseconds began = monotonic_now();
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events_[static_cast<std::size_t>(i)];
    on_event(driver.connection(event.data.u32), event.events, driver);
  }
  return {.events = count, .began = began};
}

int EpollEngine::ready(Nanoseconds until) {
  const Nanoseconds left = std::max<Nanoseconds>(0, until - monotonic_now());
  const timespec timeout{.tv_sec = left / 1'000'000'000,
                         .tv_nsec = left % 1'000'000'000};
  const int count =
      epoll_pwait2(epoll_.get(), events_.data(),
                   static_cast<int>(events_.size()), &timeout, nullptr);
  if (count < 0 && errno != EINTR) throw_errno("epoll_pwait2");
  return std::max(count, 0);
}

void EpollEngine::on_event(Connection& connection, std::uint32_t events,
                           Driver& driver) {
  if (connection.state == Connection::State::connecting) {
    return on_connecting(connection, events, driver);
  }
  const std::uint32_t made = connection.made;
  if (events & kPeerIsGone) connection.peer_is_gone = true;
  if (events & (EPOLLIN | kPeerIsGone)) read(connection, driver);
  // Room to send is told only once, too, perhaps in the same event.
  if ((events & EPOLLOUT) && is_still(connection, made)) {
    driver.writable(connection, monotonic_now());
  }
}

void EpollEngine::on_connecting(Connection& connection, std::uint32_t events,
                                Driver& driver) {
  const bool has_error = (events & (EPOLLERR | EPOLLHUP)) != 0;
  const int error = has_error ? pending_error(fd_of(connection).get()) : 0;
  // A reset comes after the connection was established.
  if (error != 0 && error != ECONNRESET) {
    return driver.failed_to_connect(connection, error, monotonic_now());
  }
  const std::uint32_t made = connection.made;
  driver.connected(connection, monotonic_now(), error);
  if (!is_still(connection, made)) return;
  if (events & EPOLLRDHUP) connection.peer_is_gone = true;
  if (events & (EPOLLIN | EPOLLRDHUP)) read(connection, driver);
}

void EpollEngine::read(Connection& connection, Driver& driver) {
  while (read_some(connection, driver)) {
  }
}

// False when there is nothing more to read for now.
bool EpollEngine::read_some(Connection& connection, Driver& driver) {
  const int fd = fd_of(connection).get();
  const std::uint32_t made = connection.made;
  const std::uint64_t skippable = connection.exchange.skippable();
  const bool skips = skippable >= kWorthSkipping;
  const std::size_t wanted = skips ? skippable
                             : connection.exchange.expects_large_reply()
                                 ? kHeadBytes
                                 : buffer_.size();
  // TCP drops bytes without copying them anywhere: see tcp(7), MSG_TRUNC.
  const ssize_t size =
      recv(fd, skips ? nullptr : buffer_.data(), wanted, skips ? MSG_TRUNC : 0);
  const Nanoseconds now = monotonic_now();
  if (size < 0) {
    if (errno == EINTR) return true;
    if (errno != EAGAIN) driver.broken(connection, errno, now);
    return false;
  }
  if (size == 0) {
    driver.ended(connection, now);
    return false;
  }
  const auto bytes = static_cast<std::size_t>(size);
  const bool has_more = bytes == wanted || connection.peer_is_gone;
  if (skips) {
    driver.skipped(connection, bytes, now);
  } else {
    driver.received(connection, {buffer_.data(), bytes}, now);
  }
  // A read that does not fill the buffer has emptied the socket. More bytes
  // would be a new edge, but an end of file seen before is told only once.
  return has_more && is_still(connection, made);
}

}  // namespace sockmark
