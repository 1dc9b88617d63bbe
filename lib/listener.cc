#include "lib/listener.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <ctime>
#include <memory>
#include <string>

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

in_port_t port_of(int fd) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  check(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size),
        "getsockname");
  return ntohs(address.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                   : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

// In one write, so that a reader never sees half of it.
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
  check(bind(fd.get(), address->ai_addr, address->ai_addrlen),
        fmt::format("cannot listen on {}:{}", options.host, options.port));
  return fd;
}

int nonblock_flag(Blocking blocking) {
  return blocking == Blocking::no ? SOCK_NONBLOCK : 0;
}

int open_spare() { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

void pause_briefly() {
  const timespec pause{.tv_sec = 0, .tv_nsec = 10'000'000};
  nanosleep(&pause, nullptr);
}

}  // namespace

Listener::Listener(const Options& options, Blocking blocking,
                   Blocking connections, Port port)
    : blocking_(blocking),
      accept_flags_(SOCK_CLOEXEC | nonblock_flag(connections)),
      spare_(open_spare()) {
  const int flags = SOCK_CLOEXEC | nonblock_flag(blocking);
  fd_ = bound_socket(options, flags, port == Port::shared);
  set_inherited_options(fd_.get(), options);
  check(listen(fd_.get(), options.backlog),
        fmt::format("cannot listen on {}:{}", options.host, options.port));
  stop_on_signal(fd_.get());
}

Listener::Listener(const Options& options, Blocking blocking,
                   Blocking connections)
    : Listener(options, blocking, connections, Port::own) {
  print_readiness_line(fd(), options.host);
}

Listener::Listener(const Options& options, Blocking blocking)
    : Listener(options, blocking, blocking) {}

Listener::~Listener() {
  close();
  const Fd spare(spare_.exchange(-1));
}

std::vector<std::unique_ptr<Listener>> Listener::share_port(
    const Options& options, Blocking blocking, int count) {
  Options same_port = options;
  // Without SO_REUSEPORT: or a second server would silently join the first.
  if (options.port != 0) bound_socket(options, SOCK_CLOEXEC, false);
  std::vector<std::unique_ptr<Listener>> listeners;
  for (int i = 0; i < count; ++i) {
    listeners.emplace_back(
        new Listener(same_port, blocking, blocking, Port::shared));
    same_port.port = port_of(listeners.back()->fd());
  }
  print_readiness_line(listeners.front()->fd(), options.host);
  return listeners;
}

void Listener::close() {
  if (!fd_) return;
  do_not_stop(fd_.get());
  fd_.reset();
}

void Listener::stop() { ::shutdown(fd_.get(), SHUT_RD); }

std::optional<Fd> Listener::accept() {
  for (;;) {
    const int fd = accept4(fd_.get(), nullptr, nullptr, accept_flags_);
    if (fd >= 0) return Fd(fd);
    const int error = errno;
    if (error == EMFILE || error == ENFILE) {
      if (auto accepted = accept_with_spare()) return accepted;
      if (blocking_ == Blocking::no || !open_) return std::nullopt;
    } else if (!recover(error)) {
      return std::nullopt;
    }
  }
}

std::optional<Fd> Listener::take(int result) {
  if (result >= 0) return Fd(result);
  pollfd waiting{.fd = fd_.get(), .events = POLLIN, .revents = 0};
  const bool exhausted = result == -EMFILE || result == -ENFILE;
  if (!exhausted) {
    recover(-result);
  } else if (poll(&waiting, 1, 0) > 0) {
    return accept_with_spare();
  } else {
    pause_briefly();  // accept() fails even when nobody is waiting
  }
  return std::nullopt;
}

bool Listener::recover(int error) {
  switch (error) {
    case EAGAIN:  // for a blocking one: SO_RCVTIMEO, which connections inherit
      return blocking_ == Blocking::yes;
    case EINVAL:  // shut down: see stop.h
      open_ = false;
      return false;
    case ENOBUFS:
    case ENOMEM:
      pause_briefly();
      return blocking_ == Blocking::yes;
    case EINTR:
      if (fails_on_signal_) throw_errno("accept", error);
      return true;
    case ECONNABORTED:  // the client left while it waited in the queue
    case EPROTO:
    case EPERM:  // refused by a firewall rule
    case ENETDOWN:
    case ENETUNREACH:
    case EHOSTUNREACH:
      return true;
    default:
      throw_errno("accept", error);
  }
}

// The kernel takes a descriptor before it looks for a client, so when there is
// none left, accept() fails at once, over and over. With the spare one given
// up, it can wait again, and if descriptors are still short when a client has
// come, that one is turned away: the trick of libev's manual.
std::optional<Fd> Listener::accept_with_spare() {
  {
    const Fd given_up(spare_.exchange(-1));
    if (!given_up) pause_briefly();  // another thread has it
  }
  Fd accepted(accept4(fd_.get(), nullptr, nullptr, accept_flags_));
  const int error = accepted ? 0 : errno;
  int spare = open_spare();
  if (spare < 0) {
    accepted.reset();
    spare = open_spare();
  }
  const Fd surplus(spare_.exchange(spare));
  if (accepted) return accepted;
  if (error != 0 && error != EMFILE && error != ENFILE) recover(error);
  return std::nullopt;
}

}  // namespace sockmark
