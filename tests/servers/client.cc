#include "tests/servers/client.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <thread>
#include <utility>

#include "lib/error.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

template <typename Value>
void set_option(int fd, int level, int name, const Value& value) {
  check(setsockopt(fd, level, name, &value, sizeof value), "setsockopt");
}

}  // namespace

Client::Client(std::uint16_t port, int receive_buffer_bytes)
    : fd_(check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
  set_option(fd_.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  if (receive_buffer_bytes > 0) {
    set_option(fd_.get(), SOL_SOCKET, SO_RCVBUF, receive_buffer_bytes);
  }
  // Bounds connect() as well.
  set_option(fd_.get(), SOL_SOCKET, SO_SNDTIMEO,
             timeval{.tv_sec = kPatience.count(), .tv_usec = 0});
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  check(connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address),
                sizeof address),
        "connect");
}

bool Client::wait_for(short event, milliseconds limit) const {
  pollfd polled{.fd = fd_.get(), .events = event, .revents = 0};
  return poll(&polled, 1, static_cast<int>(limit.count())) > 0;
}

bool Client::try_send(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!wait_for(POLLOUT, kPatience)) {
      throw std::runtime_error("the peer does not take what is sent");
    }
    const ssize_t sent = ::send(fd_.get(), bytes.data(), bytes.size(),
                                MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EPIPE || errno == ECONNRESET)) return false;
    if (sent < 0 && errno == EAGAIN) continue;
    bytes.remove_prefix(static_cast<std::size_t>(check(sent, "send")));
  }
  return true;
}

void Client::send(std::string_view bytes) {
  if (!try_send(bytes)) throw std::runtime_error("the peer closed early");
}

void Client::send_what_is_taken(std::string_view bytes) { try_send(bytes); }

void Client::send_byte_by_byte(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    send(bytes.substr(i, 1));
    // Lets the server see the byte before the next joins it in its socket.
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

std::string Client::receive(std::size_t bytes) {
  Received received = receive_until_reset(bytes);
  if (received.reset) throw_errno("recv", ECONNRESET);
  return std::move(received.bytes);
}

Client::Received Client::receive_until_reset(std::size_t bytes) {
  const auto deadline = steady_clock::now() + kPatience;
  std::array<char, 1 << 16> buffer;
  std::string received;
  while (received.size() < bytes) {
    const auto left = std::chrono::duration_cast<milliseconds>(
        deadline - steady_clock::now());
    if (left.count() <= 0 || !wait_for(POLLIN, left)) {
      throw std::runtime_error("no more than this came: '" +
                               received.substr(0, 2000) + "'");
    }
    const std::size_t wanted = std::min(buffer.size(), bytes - received.size());
    const ssize_t size = recv(fd_.get(), buffer.data(), wanted, 0);
    if (size < 0 && errno == ECONNRESET) return {received, true};
    if (check(size, "recv") == 0) break;
    received.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return {received, false};
}

std::string Client::receive_to_end() {
  return receive(std::numeric_limits<std::size_t>::max());
}

std::string Client::receive_what_is_left() {
  return receive_until_reset(std::numeric_limits<std::size_t>::max()).bytes;
}

bool Client::hears_within(milliseconds limit) const {
  return wait_for(POLLIN, limit);
}

std::string Client::ask(std::string_view request, std::size_t reply_bytes) {
  send(request);
  return receive(reply_bytes);
}

void Client::half_close() { check(shutdown(fd_.get(), SHUT_WR), "shutdown"); }

void Client::reset() {
  set_option(fd_.get(), SOL_SOCKET, SO_LINGER,
             linger{.l_onoff = 1, .l_linger = 0});
  fd_.reset();
}

}  // namespace sockmark
