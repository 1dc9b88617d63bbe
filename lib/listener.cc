#include "lib/listener.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cstdio>
#include <ctime>
#include <memory>

#include "lib/error.h"
#include "lib/stop.h"

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

void set_option(int fd, int level, int name) {
  const int on = 1;
  check(setsockopt(fd, level, name, &on, sizeof on), "setsockopt");
}

// In one write, so that a reader never sees half of it.
void print_readiness_line(int fd, const std::string& host) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  check(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size),
        "getsockname");
  const in_port_t port =
      address.ss_family == AF_INET6
          ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
          : reinterpret_cast<const sockaddr_in&>(address).sin_port;
  const bool bracketed = address.ss_family == AF_INET6;
  const std::string line =
      fmt::format("listening {}{}{}:{}\n", bracketed ? "[" : "", host,
                  bracketed ? "]" : "", ntohs(port));
  check(write(STDOUT_FILENO, line.data(), line.size()),
        "cannot write the readiness line");
}

// The kernel allocates the descriptor before it looks for a connection, so
// when there is none left, accept() fails at once, over and over. A pause
// keeps that from taking the whole CPU; shedding load comes with the fault
// suite.
void wait_for_descriptors() {
  const timespec pause{.tv_sec = 0, .tv_nsec = 10'000'000};
  nanosleep(&pause, nullptr);
}

}  // namespace

Listener::Listener(const Options& options, Blocking blocking)
    : accept_flags_(SOCK_CLOEXEC |
                    (blocking == Blocking::no ? SOCK_NONBLOCK : 0)) {
  const Address address = numeric_address(options);
  fd_ = Fd(check(
      socket(address->ai_family, SOCK_STREAM | accept_flags_, IPPROTO_TCP),
      "cannot create a socket"));
  set_option(fd_.get(), SOL_SOCKET, SO_REUSEADDR);
  // Accepted connections inherit TCP_NODELAY on Linux: one call for all.
  set_option(fd_.get(), IPPROTO_TCP, TCP_NODELAY);
  const std::string where =
      fmt::format("cannot listen on {}:{}", options.host, options.port);
  check(bind(fd_.get(), address->ai_addr, address->ai_addrlen), where);
  check(listen(fd_.get(), options.backlog), where);
  stop_on_signal(fd_.get());
  print_readiness_line(fd_.get(), options.host);
}

std::optional<Fd> Listener::accept() {
  for (;;) {
    const int fd = accept4(fd_.get(), nullptr, nullptr, accept_flags_);
    if (fd >= 0) return Fd(fd);
    switch (errno) {
      case EAGAIN:
        return std::nullopt;
      case EINVAL:  // shut down: see stop.h
        open_ = false;
        return std::nullopt;
      case EMFILE:
      case ENFILE:
      case ENOBUFS:
      case ENOMEM:
        wait_for_descriptors();
        if (accept_flags_ & SOCK_NONBLOCK) return std::nullopt;
        break;
      case EINTR:
      case ECONNABORTED:  // the client left while it waited in the queue
      case EPROTO:
      case EPERM:  // refused by a firewall rule
      case ENETDOWN:
      case ENETUNREACH:
      case EHOSTUNREACH:
        break;
      default:
        throw_errno("accept");
    }
  }
}

}  // namespace sockmark
