#include "lib/reactor.h"

#include <utility>

#include "lib/serve.h"

namespace sockmark {

void Reactor::run(Listener& listener, std::uint32_t listener_events) {
  watch(listener.fd(), listener_events);
  bool watched = true;
  // Another reactor may have found out first that the listener was stopped.
  while (listener.open() || !empty()) {
    for (const epoll_event& event : wait()) {
      const int fd = event.data.fd;
      if (fd != listener.fd()) {
        serve(fd);
        continue;
      }
      while (auto accepted = listener.accept()) add(std::move(*accepted));
      if (watched && !listener.open()) {
        forget(fd);
        watched = false;
      }
    }
  }
}

std::span<const epoll_event> Reactor::wait() {
  return epoll_.wait(connections_.cut_idle());
}

void Reactor::add(Fd connection) {
  epoll_.add(connection.get(), EPOLLIN);
  connections_.add(std::move(connection));
}

void Reactor::serve(int fd) {
  Connection& connection = connections_[fd];
  const Want want = advance(fd, connection.session);
  if (want == Want::close) {
    connections_.remove(fd);
  } else if (want != connection.want) {
    connection.want = want;
    epoll_.modify(fd, events_for(want));
  }
}

std::deque<Reactor> make_reactors(int count, const Service& service) {
  std::deque<Reactor> reactors;
  for (int i = 0; i < count; ++i) reactors.emplace_back(service);
  return reactors;
}

}  // namespace sockmark
