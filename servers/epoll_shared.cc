// Epoll, shared listener: each thread has a loop, all wait for one socket.
//
// A new client wakes every waiting loop, and all but one find nothing: the
// thundering herd. With --exclusive on the kernel wakes one: the first
// of those asleep in the order they registered, so that when there is little to
// do, one loop does it all.
#include "lib/listener.h"
#include "lib/reactor.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  auto reactors = make_reactors(options.workers, service);
  Listener listener(options, Blocking::no);
  const bool exclusive = options.chosen.at("--exclusive") == "on";
  const std::uint32_t events = exclusive ? EPOLLIN | EPOLLEXCLUSIVE : EPOLLIN;
  const auto workers = start_threads(options.workers, [&](int worker) {
    reactors[static_cast<std::size_t>(worker)].run(listener, events);
  });
}

int main(int argc, char** argv) {
  return server_main(
      argc, argv, run,
      {{.flag = "--exclusive",
        .words = {"off", "on"},
        .help = "Wake one loop per new client (EPOLLEXCLUSIVE)"}});
}
