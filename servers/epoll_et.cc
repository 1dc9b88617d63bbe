// Epoll, edge-triggered: one thread waits for all connections.
//
// A socket is reported once when it becomes ready, for reading and writing
// alike, and never modified: no epoll_ctl after the first. The price: each
// report has to be used up, until the socket would block.
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
  // Level-triggered: clients that could not be accepted for want of
  // descriptors are reported again.
  epoll.add(listener.fd(), EPOLLIN);
  while (listener.open() || !connections.empty()) {
    for (const epoll_event& event : epoll.wait(connections.cut_idle())) {
      const int fd = event.data.fd;
      if (fd == listener.fd()) {
        while (auto accepted = listener.accept()) {
          epoll.add(accepted->get(), EPOLLIN | EPOLLOUT | EPOLLET);
          connections.add(std::move(*accepted));
        }
        if (!listener.open()) epoll.remove(fd);
        continue;
      }
      const Want want = drain(fd, connections[fd].session);
      if (want == Want::close) connections.remove(fd);
    }
  }
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
