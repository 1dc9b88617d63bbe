// Epoll per worker: each thread has a loop and a listening socket of its own.
//
// Nothing is shared, so nothing is locked and no wake-up is wasted: one loop
// per CPU is the design of nginx, Envoy and their like. A connection stays
// where the kernel's hash put it, even when that loop is the busiest.
#include "lib/listener.h"
#include "lib/reactor.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  auto reactors = make_reactors(options.workers, service);
  const auto listeners =
      Listener::share_port(options, Blocking::no, options.workers);
  const auto workers = start_threads(options.workers, [&](int worker) {
    const auto mine = static_cast<std::size_t>(worker);
    reactors[mine].run(*listeners[mine]);
  });
  for (std::size_t i = workers.size(); i < listeners.size(); ++i) {
    listeners[i]->stop();  // nobody would serve its clients
  }
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
