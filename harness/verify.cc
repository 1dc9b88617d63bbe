#include "harness/verify.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "lib/error.h"
#include "lib/fd.h"
#include "lib/http.h"
#include "lib/loopback.h"

namespace sockmark {
namespace {

using std::chrono::steady_clock;

constexpr std::string_view kRequest =
    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";

// How long the reply is by its own account; nothing while its head is not
// whole, or if it ends with the connection.
std::optional<std::size_t> length_of(std::string_view reply) {
  std::size_t head = 0;
  std::optional<std::uint64_t> body;
  while (const auto line = first_line(reply.substr(head))) {
    head += line->next;
    if (line->text.empty()) return body ? std::optional(head + *body) : body;
    const auto colon = std::min(line->text.find(':'), line->text.size());
    if (equals_ignoring_case(line->text.substr(0, colon), "content-length")) {
      body = parse_content_length(trim(line->text.substr(colon + 1)));
    }
  }
  return std::nullopt;
}

std::string receive_reply(const Fd& fd, steady_clock::time_point deadline) {
  std::string reply;
  std::array<char, 16384> buffer;
  for (;;) {
    const auto length = length_of(reply);
    if (length && reply.size() >= *length) return reply;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        deadline - steady_clock::now());
    pollfd readable{.fd = fd.get(), .events = POLLIN, .revents = 0};
    if (left.count() <= 0 ||
        poll(&readable, 1, static_cast<int>(left.count())) == 0) {
      throw_errno("receive", ETIMEDOUT);
    }
    const ssize_t size =
        check(recv(fd.get(), buffer.data(), buffer.size(), 0), "receive");
    if (size == 0) return reply;
    reply.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

// What is wrong with the reply, or nothing.
std::string fault_in(std::string_view reply, const ExpectedReply& expected) {
  const auto status_line = first_line(reply);
  if (!status_line || !status_line->text.starts_with("HTTP/1.")) {
    return fmt::format("the reply is no HTTP: '{}'", reply.substr(0, 40));
  }
  const std::string_view status = status_line->text.substr(0, 12);
  if (!status.ends_with(fmt::format(" {}", expected.status))) {
    return fmt::format("expected status {}, got '{}'", expected.status,
                       status_line->text);
  }
  const auto end_of_head = reply.find("\r\n\r\n");
  const std::size_t body_bytes = end_of_head == std::string_view::npos
                                     ? 0
                                     : reply.size() - end_of_head - 4;
  if (body_bytes != expected.body_bytes) {
    return fmt::format("expected a body of {} bytes, got {}",
                       expected.body_bytes, body_bytes);
  }
  return "";
}

}  // namespace

std::string verify_reply(std::uint16_t port, const ExpectedReply& expected,
                         std::chrono::nanoseconds timeout) {
  const auto deadline =
      steady_clock::now() +
      std::chrono::duration_cast<steady_clock::duration>(timeout);
  try {
    const Fd fd = connect_to_loopback(port);
    check(send(fd.get(), kRequest.data(), kRequest.size(), MSG_NOSIGNAL),
          "send");
    return fault_in(receive_reply(fd, deadline), expected);
  } catch (const std::system_error& failure) {
    return fmt::format("no whole reply to a request: {}", failure.what());
  }
}

}  // namespace sockmark
