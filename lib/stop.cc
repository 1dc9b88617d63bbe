#include "lib/stop.h"

#include <sys/socket.h>

#include <array>
#include <csignal>

#include "lib/error.h"

namespace sockmark {
namespace {

constexpr int kNone = -1;
std::array<volatile std::sig_atomic_t, 1024> listening_fds;
volatile std::sig_atomic_t listening_count = 0;

void shut_listeners_down(int) {
  const int saved_errno = errno;
  for (int i = 0; i < listening_count; ++i) {
    const int fd = listening_fds[static_cast<std::size_t>(i)];
    if (fd != kNone) ::shutdown(fd, SHUT_RD);
  }
  errno = saved_errno;
}

}  // namespace

void handle_signal(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  check(sigaction(signal, &action, nullptr), "cannot install a signal handler");
}

void stop_on_signal(int fd) {
  const int count = listening_count;
  listening_fds.at(static_cast<std::size_t>(count)) = fd;
  listening_count = count + 1;
  handle_signal(SIGINT, shut_listeners_down);
  handle_signal(SIGTERM, shut_listeners_down);
}

void do_not_stop(int fd) {
  for (auto& listening_fd : listening_fds) {
    if (listening_fd == fd) listening_fd = kNone;
  }
}

}  // namespace sockmark
