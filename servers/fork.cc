// Fork: a child process for each connection.
//
// Clients cannot harm each other, and the code stays as plain as the iterative
// server's. The price is a fork, an exit and a wait for every connection.
//
// The flags bring back what beginners get wrong. The parent's copy of the
// connection: while it is open, the client never sees the end. One wait() per
// SIGCHLD: signals are not queued, and children that end together leave
// zombies. Not to expect that a signal interrupts accept().
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <vector>

#include "lib/listener.h"
#include "lib/serve.h"
#include "lib/server_main.h"
#include "lib/stop.h"
#include "lib/workers.h"

using namespace sockmark;

static bool reaps_all = true;

static void reap_children(int) {
  const int saved_errno = errno;
  while (waitpid(-1, nullptr, WNOHANG) > 0 && reaps_all) {
  }
  errno = saved_errno;
}

static void run(const Options& options) {
  const Service service(options);
  const std::string& reap = options.chosen.at("--reap");
  const bool leaks = options.chosen.at("--parent-fd") == "leak";
  reaps_all = reap == "loop";
  Listener listener(options, Blocking::yes);
  if (options.chosen.at("--on-eintr") == "die") listener.fail_on_signal();
  if (reap != "none") handle_signal(SIGCHLD, reap_children);
  std::vector<Fd> leaked;
  while (auto connection = listener.accept()) {
    if (fork() == 0) {
      listener.close();
      serve(*connection, service);
      _exit(0);
    }
    if (leaks) leaked.push_back(std::move(*connection));
    // Else the parent's copy closes here. If there was no process to be had,
    // this also turns the client away.
  }
  await_processes();
}

int main(int argc, char** argv) {
  return server_main(argc, argv, run,
                     {{.flag = "--reap",
                       .words = {"loop", "once", "none"},
                       .help = "What SIGCHLD does to children that ended"},
                      {.flag = "--parent-fd",
                       .words = {"close", "leak"},
                       .help = "What the parent does with its copy"},
                      {.flag = "--on-eintr",
                       .words = {"retry", "die"},
                       .help = "When a signal interrupts accept()"}});
}
