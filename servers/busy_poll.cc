// Busy polling: one thread asks every connection, over and over.
//
// Nonblocking calls and nothing else: no call says which connection is ready,
// so all are tried. The loop never sleeps: it takes a whole CPU, even without
// clients.
#include <vector>

#include "lib/connections.h"
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"

using namespace sockmark;

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::no);
  Connections connections(service);
  std::vector<int> open;
  while (listener.open() || !connections.empty()) {
    connections.cut_idle();
    while (auto accepted = listener.accept()) {
      open.push_back(accepted->get());
      connections.add(std::move(*accepted));
    }
    // Backwards, so that the last may take the place of one that is removed.
    for (std::size_t i = open.size(); i-- > 0;) {
      const Want want = advance(open[i], connections[open[i]].session);
      if (want != Want::close) continue;
      connections.remove(open[i]);
      open[i] = open.back();
      open.pop_back();
    }
  }
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
