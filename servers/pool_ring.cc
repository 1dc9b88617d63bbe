// Pool with a ring: one thread accepts, a lock-free ring, worker threads serve.
//
// The pool with a queue, but handing a connection over takes no lock: two
// atomic operations, and a wake-up only when a worker sleeps.
#include "lib/listener.h"
#include "lib/ring.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::yes);
  Ring<Fd> accepted(1024);
  const auto workers = start_threads(options.workers, [&](int) {
    while (auto connection = accepted.pop()) {
      serve(*connection, service);
    }
  });
  while (auto connection = listener.accept()) {
    accepted.push(std::move(*connection));
  }
  accepted.close();
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
