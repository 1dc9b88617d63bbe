// Fork: a child process for each connection.
//
// Clients cannot harm each other, and the code stays as plain as the iterative
// server's. The price is a fork, an exit and a wait for every connection.
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/stop.h"

using namespace sockmark;

// Signals are not queued, so one may stand for many children.
static void reap_children(int) {
  const int saved_errno = errno;
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  errno = saved_errno;
}

static void run(const Options& options) {
  const Service service(options);
  Listener listener(options, Blocking::yes);
  handle_signal(SIGCHLD, reap_children);
  while (auto connection = listener.accept()) {
    if (fork() == 0) {
      listener.close();
      serve(*connection, service);
      _exit(0);
    }
    // The parent's copy of the connection closes here: while it is open, the
    // client never sees the end. If there was no process to be had, this also
    // turns the client away.
  }
  while (wait(nullptr) > 0 || errno == EINTR) {
  }
}

int main(int argc, char** argv) { return server_main(argc, argv, run); }
