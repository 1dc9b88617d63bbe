#include "lib/listener.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <ctime>

#include "lib/bound_socket.h"
#include "lib/counters.h"
#include "lib/error.h"
#include "lib/stop.h"

namespace sockmark {
namespace {

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

Fd Listener::accept_once() {
  Fd accepted(accept4(fd_.get(), nullptr, nullptr, accept_flags_));
  if (accepted) count_connection();
  return accepted;
}

std::optional<Fd> Listener::accept() {
  for (;;) {
    if (Fd accepted = accept_once()) return accepted;
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
  if (result >= 0) {
    count_connection();
    return Fd(result);
  }
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
  Fd accepted = accept_once();
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
