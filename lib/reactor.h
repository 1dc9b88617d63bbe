// The loop of servers/epoll_lt.cc in pieces, for models that run several.
#pragma once

#include <cstdint>
#include <deque>
#include <span>

#include "lib/connections.h"
#include "lib/epoll.h"
#include "lib/listener.h"

namespace sockmark {

// One thread at a time.
class Reactor {
 public:
  // `service` must outlive it.
  explicit Reactor(const Service& service) : connections_(service) {}

  // Takes connections from `listener` and serves them until it was stopped and
  // all have left. Several reactors may share a listener, then with
  // `listener_events` of EPOLLIN | EPOLLEXCLUSIVE if one wake-up is enough.
  void run(Listener& listener, std::uint32_t listener_events = EPOLLIN);

  // The parts of run(), for whom connections come in another way.
  void watch(int fd, std::uint32_t events = EPOLLIN) { epoll_.add(fd, events); }
  void forget(int fd) { epoll_.remove(fd); }
  std::span<const epoll_event> wait();
  void add(Fd connection);
  // One report on a connection.
  void serve(int fd);
  bool empty() const { return connections_.empty(); }

 private:
  Epoll epoll_;
  Connections connections_;
};

// To be made before the threads, while there are descriptors for them.
std::deque<Reactor> make_reactors(int count, const Service& service);

}  // namespace sockmark
