#include "lib/bound_socket.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <chrono>
#include <memory>

#include "lib/error.h"

namespace sockmark {
namespace {

struct FreeAddress {
  void operator()(addrinfo* info) const { freeaddrinfo(info); }
};
using Address = std::unique_ptr<addrinfo, FreeAddress>;

Address numeric_address(const Options& options) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(options.port);
  if (getaddrinfo(options.host.c_str(), port.c_str(), &hints, &found) != 0) {
    throw std::runtime_error(
        fmt::format("--host '{}' is not a numeric IP address", options.host));
  }
  return Address(found);
}

template <typename Value>
void set_option(int fd, int level, int name, const Value& value) {
  check(setsockopt(fd, level, name, &value, sizeof value), "setsockopt");
}

timeval to_timeval(std::chrono::nanoseconds duration) {
  const auto us =
      std::chrono::ceil<std::chrono::microseconds>(duration).count();
  return {.tv_sec = us / 1'000'000, .tv_usec = us % 1'000'000};
}

// What accepted connections inherit on Linux: one call for all of them. Where
// the listener blocks, the timeouts are what ends an idle connection.
void set_inherited_options(int fd, const Options& options) {
  set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  const timeval timeout = to_timeval(options.idle_timeout);
  set_option(fd, SOL_SOCKET, SO_RCVTIMEO, timeout);
  set_option(fd, SOL_SOCKET, SO_SNDTIMEO, timeout);
}

}  // namespace

std::uint16_t port_of(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  check(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size),
        "getsockname");
  return ntohs(address.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                   : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

void print_readiness_line(int fd, const std::string& host) {
  const bool bracketed = host.find(':') != std::string::npos;
  const std::string line =
      fmt::format("listening {}{}{}:{}\n", bracketed ? "[" : "", host,
                  bracketed ? "]" : "", port_of(fd));
  check(write(STDOUT_FILENO, line.data(), line.size()),
        "cannot write the readiness line");
}

Fd bound_socket(const Options& options, int flags, bool shared) {
  const Address address = numeric_address(options);
  Fd fd(check(socket(address->ai_family, SOCK_STREAM | flags, IPPROTO_TCP),
              "cannot create a socket"));
  set_option(fd.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (shared) set_option(fd.get(), SOL_SOCKET, SO_REUSEPORT, 1);
  set_inherited_options(fd.get(), options);
  check(bind(fd.get(), address->ai_addr, address->ai_addrlen),
        fmt::format("cannot listen on {}:{}", options.host, options.port));
  return fd;
}

}  // namespace sockmark
