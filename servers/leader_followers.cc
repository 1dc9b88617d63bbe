// Leader and followers: threads take turns to wait at one epoll set.
//
// The leader takes one report, lets the next thread lead, and serves the client
// itself: no queue, no hand-over. One-shot registration keeps the others off
// that client meanwhile, for an epoll_ctl per request.
#include <mutex>

#include "lib/connections.h"
#include "lib/epoll.h"
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

namespace {

class Team {
 public:
  Team(Listener& listener, const Service& service)
      : listener_(listener), connections_(service) {
    epoll_.add(listener_.fd(), EPOLLIN | EPOLLONESHOT);
  }

  void work() {
    while (Connection* connection = lead()) {
      const int fd = connection->fd.get();
      const Want want = advance(fd, connection->session);
      const std::lock_guard lock(table_);
      if (want != Want::close) {
        connection->lent = false;
        epoll_.modify(fd, events_for(want) | EPOLLONESHOT);
        continue;
      }
      connections_.remove(fd);
      // After the last one the leader has to look whether all is over.
      if (connections_.empty()) watch_listener();
    }
  }

 private:
  // Waits for a connection that wants to be served. Null when all is over.
  Connection* lead() {
    const std::lock_guard leading(leadership_);
    for (;;) {
      const int limit_ms = cut_idle();
      if (is_over()) return nullptr;
      for (const epoll_event& event : epoll_.wait(limit_ms, 1)) {
        if (event.data.fd != listener_.fd()) return lend(event.data.fd);
        while (auto accepted = listener_.accept()) add(std::move(*accepted));
        if (listener_.open()) watch_listener();
      }
    }
  }

  Connection* lend(int fd) {
    const std::lock_guard lock(table_);
    connections_[fd].lent = true;
    return &connections_[fd];
  }

  void add(Fd accepted) {
    const std::lock_guard lock(table_);
    const int fd = accepted.get();
    connections_.add(std::move(accepted));
    epoll_.add(fd, EPOLLIN | EPOLLONESHOT);
  }

  int cut_idle() {
    const std::lock_guard lock(table_);
    return connections_.cut_idle();
  }

  bool is_over() {
    const std::lock_guard lock(table_);
    return !listener_.open() && connections_.empty();
  }

  void watch_listener() {
    epoll_.modify(listener_.fd(), EPOLLIN | EPOLLONESHOT);
  }

  Listener& listener_;
  Epoll epoll_;
  std::mutex leadership_;
  std::mutex table_;
  Connections connections_;
};

void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::no);
  Team team(listener, service);
  const auto workers =
      start_threads(options.workers, [&](int) { team.work(); });
}

}  // namespace

int main(int argc, char** argv) { return server_main(argc, argv, run); }
