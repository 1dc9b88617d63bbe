// Pool with a queue: one thread accepts, worker threads serve.
//
// A connection costs a lock and a wake-up instead of a new thread. At most
// --workers clients are served at once; the others wait in the queue.
#include "lib/listener.h"
#include "lib/queue.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::yes);
  Queue<Fd> accepted(1024);
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
