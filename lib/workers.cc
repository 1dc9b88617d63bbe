#include "lib/workers.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <system_error>

#include "lib/error.h"
#include "lib/stop.h"

namespace sockmark {

namespace {

// A pool with fewer workers than asked for is still a pool.
void warn_of_fewer(int count, int wanted, const char* why) {
  std::fprintf(stderr, "only %d of %d workers: %s\n", count, wanted, why);
}

// Signal handlers read it; 0 where a child has ended, as its number may be
// another's by then.
std::array<volatile pid_t, 1024> children;

void pass_on(int signal) {
  const int saved_errno = errno;
  for (const pid_t child : children) {
    if (child != 0) kill(child, signal);
  }
  errno = saved_errno;
}

void run_child(pid_t parent, const std::function<void(int)>& work, int number) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);  // it died before the call above
  try {
    work(number);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "worker %d: %s\n", number, failure.what());
    _exit(1);
  }
  _exit(0);
}

}  // namespace

int start_processes(int count, const std::function<void(int)>& work) {
  const pid_t parent = getpid();
  for (int i = 0; i < count; ++i) {
    const pid_t child = fork();
    if (child == 0) run_child(parent, work, i);
    if (child > 0) {
      children.at(static_cast<std::size_t>(i)) = child;
      continue;
    }
    if (i == 0) throw_errno("cannot start a worker process");
    warn_of_fewer(i, count, std::generic_category().message(errno).c_str());
    return i;
  }
  return count;
}

void pass_signals_to_processes() {
  handle_signal(SIGINT, pass_on);
  handle_signal(SIGTERM, pass_on);
}

void await_processes() {
  for (;;) {
    // Looked at first and reaped then: until that, the number is still its own.
    siginfo_t ended{};
    if (waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT) < 0) {
      if (errno == EINTR) continue;
      return;  // none is left
    }
    for (auto& child : children) {
      if (child == ended.si_pid) child = 0;
    }
    waitpid(ended.si_pid, nullptr, 0);
  }
}

std::vector<std::jthread> start_threads(int count,
                                        const std::function<void(int)>& work) {
  std::vector<std::jthread> threads;
  try {
    for (int i = 0; i < count; ++i) threads.emplace_back(work, i);
  } catch (const std::system_error& failure) {
    if (threads.empty()) throw;
    warn_of_fewer(static_cast<int>(threads.size()), count, failure.what());
  }
  return threads;
}

}  // namespace sockmark
