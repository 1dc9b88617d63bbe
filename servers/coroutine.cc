// Coroutines: the code of a blocking server, the system calls of an event loop.
//
// Each connection is a C++20 coroutine that reads like the iterative server. At
// co_await it is suspended, and the loop goes on with the next one that is
// ready.
#include "lib/coroutine.h"

#include "lib/connections.h"
#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"

using namespace sockmark;

static Task serve(Scheduler& scheduler, Connections& connections, Fd accepted) {
  const int fd = accepted.get();
  scheduler.watch(fd);
  Session& session = connections.add(std::move(accepted)).session;
  Want want = Want::read;
  while (want != Want::close) {
    co_await scheduler.ready(fd, want);
    want = advance(fd, session);
  }
  connections.remove(fd);
}

static Task accept_all(Scheduler& scheduler, Connections& connections,
                       Listener& listener) {
  scheduler.watch(listener.fd());
  while (listener.open()) {
    co_await scheduler.ready(listener.fd(), Want::read);
    while (auto accepted = listener.accept()) {
      serve(scheduler, connections, std::move(*accepted));
    }
  }
  scheduler.forget(listener.fd());
}

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::no);
  Connections connections(service);
  Scheduler scheduler;
  accept_all(scheduler, connections, listener);
  while (listener.open() || !connections.empty()) {
    scheduler.run_once(connections.cut_idle());
  }
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
