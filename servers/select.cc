// Select: one thread waits for all connections with select(2).
//
// Works everywhere. Each call passes the whole set in and out and scans it to
// the highest descriptor, and the set ends at FD_SETSIZE, 1024: connections
// beyond that are refused.
#include <sys/select.h>

#include <algorithm>
#include <cerrno>

#include "lib/connections.h"
#include "lib/error.h"
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"

using namespace sockmark;

namespace {

struct Interest {
  fd_set read{};
  fd_set write{};
  int limit = 0;  // one more than the highest descriptor

  bool is_set(int fd) const {
    return FD_ISSET(fd, &read) || FD_ISSET(fd, &write);
  }

  void set(int fd, Want want) {
    FD_CLR(fd, &read);
    FD_CLR(fd, &write);
    if (want != Want::close) FD_SET(fd, want == Want::read ? &read : &write);
    limit = std::max(limit, fd + 1);
    while (limit > 0 && !is_set(limit - 1)) --limit;
  }
};

void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::no);
  Connections connections(service);
  const std::size_t most =
      options.max_connections > 0
          ? static_cast<std::size_t>(options.max_connections)
          : FD_SETSIZE;
  Interest interest;
  interest.set(listener.fd(), Want::read);
  while (listener.open() || !connections.empty()) {
    Interest ready = interest;
    const int limit_ms = connections.cut_idle();
    timeval limit{.tv_sec = limit_ms / 1000, .tv_usec = limit_ms % 1000 * 1000};
    if (select(ready.limit, &ready.read, &ready.write, nullptr,
               limit_ms < 0 ? nullptr : &limit) < 0) {
      if (errno == EINTR) continue;
      throw_errno("select");
    }
    for (int fd = 0; fd < ready.limit; ++fd) {
      if (!ready.is_set(fd)) continue;
      if (fd == listener.fd()) {
        while (auto accepted = listener.accept()) {
          if (accepted->get() >= FD_SETSIZE || connections.size() >= most) {
            continue;  // closes it
          }
          interest.set(accepted->get(), Want::read);
          connections.add(std::move(*accepted));
        }
        if (!listener.open()) interest.set(fd, Want::close);
        continue;
      }
      const Want want = advance(fd, connections[fd].session);
      interest.set(fd, want);
      if (want == Want::close) connections.remove(fd);
    }
  }
}

}  // namespace

int main(int argc, char** argv) { return server_main(argc, argv, run); }
