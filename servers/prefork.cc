// Prefork: processes made in advance all wait in accept() on one socket.
//
// No fork per connection, and the load cannot outgrow the machine. At most
// --workers clients are served at once; the others wait in the backlog.
//
// Systems that woke all processes for each client, or broke when several were
// in accept(), made them take turns under a lock (flock, mutex), or let the
// parent accept and pass the descriptors on (pass).
#include <mutex>

#include "lib/fd_channel.h"
#include "lib/listener.h"
#include "lib/process_lock.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/workers.h"

using namespace sockmark;

static void accept_all(Listener& listener, const Service& service) {
  while (auto connection = listener.accept()) {
    serve(*connection, service);
  }
}

template <typename Lock>
static std::optional<Fd> accept_under(Lock& lock, Listener& listener) {
  const std::lock_guard turn(lock);
  return listener.accept();
}

template <typename Lock>
static void accept_in_turn(Lock& lock, Listener& listener,
                           const Service& service) {
  while (auto connection = accept_under(lock, listener)) {
    serve(*connection, service);
  }
}

static void serve_passed(FdChannel& passed, const Service& service) {
  passed.close_sending_end();
  while (auto connection = passed.receive()) {
    serve(*connection, service);
  }
}

static void pass_all(Listener& listener, FdChannel& passed) {
  while (auto connection = listener.accept()) {
    passed.send(*connection);
  }
  passed.close_sending_end();
}

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::yes);
  const std::string& way = options.chosen.at("--accept");
  FileLock file;
  SharedMutex mutex;
  FdChannel passed;
  start_processes(options.workers, [&](int) {
    if (way == "pass") return serve_passed(passed, service);
    if (way == "mutex") return accept_in_turn(mutex, listener, service);
    if (way == "plain") return accept_all(listener, service);
    file.open_in_child();
    accept_in_turn(file, listener, service);
  });
  if (way == "pass") pass_all(listener, passed);
  await_processes();
}

int main(int argc, char** argv) {
  return server_main(argc, argv, run,
                     {{.flag = "--accept",
                       .words = {"plain", "flock", "mutex", "pass"},
                       .help = "How the processes share accept()"}});
}
