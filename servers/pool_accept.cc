// Pool without a queue: worker threads all wait in accept() on one socket.
//
// Prefork with threads: the kernel's backlog is the queue, and its wake-up of
// one waiting thread is the hand-off.
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::yes);
  const auto workers = start_threads(options.workers, [&](int) {
    while (auto connection = listener.accept()) {
      serve(*connection, service);
    }
  });
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
