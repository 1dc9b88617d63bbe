// Iterative: accept, serve, close, and only then the next.
//
// The baseline: no process, thread or table to pay for. One client that stays,
// or that is slow, keeps all others waiting.
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::yes);
  while (auto connection = listener.accept()) {
    serve(*connection, service);
  }
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
