// Reactors: one thread accepts, and hands each client to one of several loops.
//
// Accepting never waits for serving, and clients are dealt out in turn. Each
// hand-over is a number through a pipe: a system call on either side, and a
// wake-up of the loop.
#include <deque>

#include "lib/listener.h"
#include "lib/pipe.h"
#include "lib/reactor.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

namespace {

class Loop {
 public:
  explicit Loop(const Service& service) : reactor_(service) {
    reactor_.watch(handed_over_.fd());
  }

  // In the thread that accepts.
  void hand_over(Fd connection) { handed_over_.send(connection.release()); }
  void close() { handed_over_.close(); }

  // In a thread of its own: until it was closed and all clients have left.
  void run() {
    bool more = true;
    while (more || !reactor_.empty()) {
      for (const epoll_event& event : reactor_.wait()) {
        const int fd = event.data.fd;
        if (fd != handed_over_.fd()) {
          reactor_.serve(fd);
          continue;
        }
        const auto connections = handed_over_.receive();
        for (const int connection : connections) reactor_.add(Fd(connection));
        more = !connections.empty();
        if (!more) reactor_.forget(fd);
      }
    }
  }

 private:
  Pipe handed_over_;
  Reactor reactor_;
};

void run(const Options& options) {
  const Service service(options);
  std::deque<Loop> loops;
  for (int i = 0; i < options.workers; ++i) loops.emplace_back(service);
  Listener listener(options, Blocking::yes, Blocking::no);
  const auto threads = start_threads(options.workers, [&](int worker) {
    loops[static_cast<std::size_t>(worker)].run();
  });
  std::size_t next = 0;
  while (auto connection = listener.accept()) {
    loops[next].hand_over(std::move(*connection));
    next = (next + 1) % threads.size();
  }
  for (Loop& loop : loops) loop.close();
}

}  // namespace

int main(int argc, char** argv) { return server_main(argc, argv, run); }
