// Epoll, level-triggered: one thread waits for all connections.
//
// The kernel keeps the set and returns only what is ready, so idle connections
// cost nothing. Level-triggered: a socket is reported for as long as it has
// something to read, so one read per report is enough.
#include "lib/connections.h"
#include "lib/epoll.h"
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::no);
  Connections connections(service);
  Epoll epoll;
  epoll.add(listener.fd(), EPOLLIN);
  while (listener.open() || !connections.empty()) {
    for (const epoll_event& event : epoll.wait(connections.cut_idle())) {
      const int fd = event.data.fd;
      if (fd == listener.fd()) {
        while (auto accepted = listener.accept()) {
          epoll.add(accepted->get(), EPOLLIN);
          connections.add(std::move(*accepted));
        }
        if (!listener.open()) epoll.remove(fd);
        continue;
      }
      Connection& connection = connections[fd];
      const Want want = advance(fd, connection.session);
      if (want == Want::close) {
        connections.remove(fd);
      } else if (want != connection.want) {
        connection.want = want;
        epoll.modify(fd, events_for(want));
      }
    }
  }
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
