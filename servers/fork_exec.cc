// Fork and exec: a fresh program for each connection, as inetd and CGI do.
//
// The handler can be any program: it finds its client on descriptor 0. Here it
// is this one under another name. The price is an exec on top of a fork: the
// dynamic linker, main() and the building of the reply for every connection.
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/stop.h"
#include "lib/workers.h"

using namespace sockmark;

static constexpr char kHandler[] = "fork_exec handler";

static char** arguments;

static void handle(const Options& options) {
  const Service service(options);
  serve(Fd(STDIN_FILENO), service);
}

static void become_handler(const Fd& connection) {
  // What is ignored stays so after exec: the client is served to its end.
  signal(SIGTERM, SIG_IGN);
  signal(SIGINT, SIG_IGN);
  dup2(connection.get(), STDIN_FILENO);
  char name[sizeof kHandler];
  std::copy(std::begin(kHandler), std::end(kHandler), name);
  arguments[0] = name;
  execv("/proc/self/exe", arguments);
  _exit(1);
}

// Signals are not queued, so one may stand for many children.
static void reap_children(int) {
  const int saved_errno = errno;
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  errno = saved_errno;
}

static void run(const Options& options) {
  Listener listener(options, Blocking::yes);
  handle_signal(SIGCHLD, reap_children);
  while (auto connection = listener.accept()) {
    if (fork() == 0) become_handler(*connection);
  }
  await_processes();
}

int main(int argc, char** argv) {
  arguments = argv;
  const bool is_handler = std::string_view(argv[0]) == kHandler;
  return server_main(argc, argv, is_handler ? handle : run);
}
