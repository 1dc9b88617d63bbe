// Poll: one thread waits for all connections with poll(2).
//
// No limit on descriptors, unlike select. Each call still passes all of them
// in and scans them, so idle connections cost as much as busy ones.
#include <poll.h>

#include <cerrno>
#include <vector>

#include "lib/connections.h"
#include "lib/error.h"
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"

using namespace sockmark;

static short events_for(Want want) {
  return want == Want::write ? POLLOUT : POLLIN;
}

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::no);
  Connections connections(service);
  std::vector<pollfd> polled = {{listener.fd(), POLLIN, 0}};
  while (listener.open() || !connections.empty()) {
    const int limit_ms = connections.cut_idle();
    if (poll(polled.data(), polled.size(), limit_ms) < 0) {
      if (errno == EINTR) continue;
      throw_errno("poll");
    }
    // Backwards, so that the last may take the place of one that is removed.
    for (std::size_t i = polled.size(); i-- > 0;) {
      if (polled[i].revents == 0) continue;
      const int fd = polled[i].fd;
      if (fd == listener.fd()) {
        while (auto accepted = listener.accept()) {
          polled.push_back({accepted->get(), POLLIN, 0});
          connections.add(std::move(*accepted));
        }
        if (!listener.open()) polled[i].fd = -1;  // poll skips it
        continue;
      }
      Connection& connection = connections[fd];
      connection.want = advance(fd, connection.session);
      if (connection.want == Want::close) {
        connections.remove(fd);
        polled[i] = polled.back();
        polled.pop_back();
      } else {
        polled[i].events = events_for(connection.want);
      }
    }
  }
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
