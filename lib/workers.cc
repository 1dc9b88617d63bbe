#include "lib/workers.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "lib/error.h"

namespace sockmark {

void run_in_processes(int count, const std::function<void()>& work) {
  const pid_t parent = getpid();
  for (int i = 0; i < count; ++i) {
    if (check(fork(), "fork") == 0) {
      prctl(PR_SET_PDEATHSIG, SIGTERM);
      if (getppid() != parent) _exit(1);  // it died before the call above
      work();
      _exit(0);
    }
  }
  while (wait(nullptr) > 0 || errno == EINTR) {
  }
}

std::vector<std::jthread> start_threads(int count,
                                        const std::function<void()>& work) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back(work);
  return threads;
}

}  // namespace sockmark
