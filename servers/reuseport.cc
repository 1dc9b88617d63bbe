// Reuseport: processes made in advance, each with a listening socket of its
// own.
//
// No queue is shared: the kernel deals each connection out to one process by a
// hash of its addresses. A process that is busy keeps its clients waiting, even
// while others are idle.
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  auto listeners =
      Listener::share_port(options, Blocking::yes, options.workers);
  start_processes(options.workers, [&](int worker) {
    const auto mine = std::move(listeners[static_cast<std::size_t>(worker)]);
    listeners.clear();  // the kernel deals out to all that anybody has open
    while (auto connection = mine->accept()) {
      serve(*connection, service);
    }
  });
  pass_signals_to_processes();
  listeners.clear();
  await_processes();
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
