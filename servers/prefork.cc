// Prefork: processes made in advance all wait in accept() on one socket.
//
// No fork per connection, and the load cannot outgrow the machine. At most
// --workers clients are served at once; the others wait in the backlog.
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::yes);
  start_processes(options.workers, [&](int) {
    while (auto connection = listener.accept()) {
      serve(*connection, service);
    }
  });
  await_processes();
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
