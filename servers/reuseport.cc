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
  const auto listeners =
      Listener::share_port(options, Blocking::yes, options.workers);
  const int workers = start_processes(options.workers, [&](int worker) {
    Listener& listener = *listeners[static_cast<std::size_t>(worker)];
    while (auto connection = listener.accept()) {
      serve(*connection, service);
    }
  });
  for (auto i = static_cast<std::size_t>(workers); i < listeners.size(); ++i) {
    listeners[i]->stop();  // nobody would serve its clients
  }
  await_processes();
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
