#include "lib/stop.h"

#include <sys/socket.h>

#include <csignal>

#include "lib/error.h"

namespace sockmark {
namespace {

volatile std::sig_atomic_t listening_fd = -1;

void shut_listener_down(int) {
  const int saved_errno = errno;
  ::shutdown(listening_fd, SHUT_RD);
  errno = saved_errno;
}

}  // namespace

void handle_signal(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  check(sigaction(signal, &action, nullptr), "cannot install a signal handler");
}

void stop_on_signal(int fd) {
  listening_fd = fd;
  handle_signal(SIGINT, shut_listener_down);
  handle_signal(SIGTERM, shut_listener_down);
}

}  // namespace sockmark
