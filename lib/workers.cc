#include "lib/workers.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <system_error>

#include "lib/error.h"

namespace sockmark {

namespace {

// A pool with fewer workers than asked for is still a pool.
void warn_of_fewer(int count, int wanted, const char* why) {
  std::fprintf(stderr, "only %d of %d workers: %s\n", count, wanted, why);
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
    if (child > 0) continue;
    if (i == 0) throw_errno("cannot start a worker process");
    warn_of_fewer(i, count, std::generic_category().message(errno).c_str());
    return i;
  }
  return count;
}

void await_processes() {
  while (wait(nullptr) > 0 || errno == EINTR) {
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
