// What a process or a thread per connection costs before it serves anything.
//
// The parent is as small as a server without connections: fork copies page
// tables, so it costs more the more memory the parent has touched.
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "lib/error.h"
#include "micro/or_skip.h"

using namespace sockmark;

namespace {

void fork_exit(benchmark::State& state) {
  while (state.KeepRunning()) {
    const pid_t child = check(fork(), "fork");
    if (child == 0) _exit(0);
    check(waitpid(child, nullptr, 0), "waitpid");
  }
}

// CGI's price: the loader and the C library start anew for each request.
void fork_exec(benchmark::State& state) {
  while (state.KeepRunning()) {
    const pid_t child = check(fork(), "fork");
    if (child == 0) {
      execl("/bin/true", "true", static_cast<char*>(nullptr));
      _exit(1);
    }
    int status = 0;
    check(waitpid(child, &status, 0), "waitpid");
    if (status != 0) throw_errno("cannot execute /bin/true", ENOEXEC);
  }
}

void thread_join(benchmark::State& state) {
  while (state.KeepRunning()) std::thread([] {}).join();
}

}  // namespace

BENCHMARK(or_skip<fork_exit>)->Name("fork_exit")->UseRealTime();
BENCHMARK(or_skip<fork_exec>)->Name("fork_exec")->UseRealTime();
BENCHMARK(or_skip<thread_join>)->Name("thread_join")->UseRealTime();
BENCHMARK_MAIN();
