#include "harness/server/verify.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "harness/server/http_reply.h"
#include "harness/text/text.h"
#include "lib/error.h"
#include "lib/fd.h"

namespace sockmark {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Outcome = ReplyCheck::Outcome;

constexpr std::size_t kMostBytes = std::size_t{256} << 20;

std::string request_for(std::uint16_t port, const ExpectedReply& expected) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}\r\n",
                     expected.path, port,
                     expected.keep_alive ? "" : "Connection: close\r\n");
}

struct Patience {
  steady_clock::time_point deadline;
  const std::function<bool()>& gives_up;

  // Whether `events` came before the patience was lost.
  bool wait(const Fd& fd, short events) const {
    constexpr milliseconds kSlice(20);
    pollfd waiting{.fd = fd.get(), .events = events, .revents = 0};
    while (steady_clock::now() < deadline && !gives_up()) {
      const auto left =
          std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
      const auto slice = std::clamp(left, milliseconds(0), kSlice);
      if (poll(&waiting, 1, static_cast<int>(slice.count())) > 0) return true;
    }
    return false;
  }
};

// Throws std::system_error, with ETIMEDOUT when the patience was lost.
Fd connect_to(std::uint16_t port, const Patience& patience) {
  Fd fd(check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0),
              "socket"));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&address),
              sizeof address) == 0) {
    return fd;
  }
  if (errno != EINPROGRESS) throw_errno("connect");
  // A full queue of connections to accept keeps the handshake waiting.
  if (!patience.wait(fd, POLLOUT)) throw_errno("connect", ETIMEDOUT);
  int error = 0;
  socklen_t size = sizeof error;
  check(getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &size),
        "getsockopt");
  if (error != 0) throw_errno("connect", error);
  return fd;
}

struct Received {
  std::string bytes;
  bool ended = false;  // by the peer
};

Received receive_reply(const Fd& fd, const Patience& patience) {
  Received received;
  std::array<char, 65536> buffer;
  while (received.bytes.size() < kMostBytes && patience.wait(fd, POLLIN)) {
    const ssize_t size = recv(fd.get(), buffer.data(), buffer.size(), 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (size < 0 && received.bytes.empty()) throw_errno("receive");
    received.ended = size <= 0;
    if (received.ended) return received;
    received.bytes.append(buffer.data(), static_cast<std::size_t>(size));
    if (parse_http_reply(received.bytes, false).state !=
        HttpReply::State::incomplete) {
      return received;
    }
  }
  return received;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kWidth = 40;
  return fmt::format("'{}'", shorten(one_line(text), kWidth));
}

std::string fault_in(const HttpReply& reply, const ExpectedReply& expected) {
  if (reply.status != expected.status) {
    return fmt::format("expected status {}, got {}", expected.status,
                       in_quotes(reply.status_line));
  }
  if (expected.body && reply.body != *expected.body) {
    return fmt::format("expected the body {}, got {} ({} bytes)",
                       in_quotes(*expected.body), in_quotes(reply.body),
                       reply.body.size());
  }
  if (reply.body.size() != expected.body_bytes.value_or(reply.body.size())) {
    return fmt::format("expected a body of {} bytes, got {}",
                       *expected.body_bytes, reply.body.size());
  }
  if (expected.keep_alive && expected.must_stay_open && !reply.stays_open) {
    return "the connection does not stay open after a reply: say "
           "\"keep_alive\": false in the manifest, or mend the server";
  }
  return "";
}

}  // namespace

std::string fault_in(const std::string& bytes, bool ended,
                     const ExpectedReply& expected) {
  const HttpReply reply = parse_http_reply(bytes, ended);
  if (reply.state == HttpReply::State::complete) {
    return fault_in(reply, expected);
  }
  if (bytes.empty()) return "no whole reply to a request: no byte of it";
  if (reply.state == HttpReply::State::incomplete) {
    return fmt::format("no whole reply to a request: {} bytes and no end{}",
                       bytes.size(),
                       ended ? ", then the connection ended" : "");
  }
  return fmt::format("the reply is no HTTP: {}", in_quotes(bytes));
}

ReplyCheck check_reply(std::uint16_t port, const ExpectedReply& expected,
                       std::chrono::nanoseconds timeout,
                       const std::function<bool()>& gives_up) {
  const Patience patience{
      .deadline = steady_clock::now() +
                  std::chrono::duration_cast<steady_clock::duration>(timeout),
      .gives_up = gives_up};
  try {
    const Fd fd = connect_to(port, patience);
    const std::string request = request_for(port, expected);
    check(send(fd.get(), request.data(), request.size(), MSG_NOSIGNAL), "send");
    const Received received = receive_reply(fd, patience);
    const std::string fault =
        fault_in(received.bytes, received.ended, expected);
    if (fault.empty()) {
      return {
          .outcome = Outcome::right,
          .reply_bytes = parse_http_reply(received.bytes, received.ended).size};
    }
    const bool is_silent = received.bytes.empty() && !received.ended;
    return {.outcome = is_silent ? Outcome::no_answer : Outcome::wrong,
            .fault = fault};
  } catch (const std::system_error& failure) {
    const int error = failure.code().value();
    return {.outcome = error == ECONNREFUSED ? Outcome::refused
                       : error == ETIMEDOUT  ? Outcome::no_answer
                                             : Outcome::wrong,
            .fault =
                fmt::format("no whole reply to a request: {}", failure.what())};
  }
}

}  // namespace sockmark
