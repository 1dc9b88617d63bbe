// What it costs to pass one core from a thread or a process to another.
//
// Two sides wake each other through a pair of pipes, so each turn is a write, a
// read and a switch. `no_switch` is the write and the read alone: the
// difference is the switch.
#include <fcntl.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "lib/error.h"
#include "lib/fd.h"
#include "micro/or_skip.h"

using namespace sockmark;

namespace {

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    check(pipe2(ends.data(), O_CLOEXEC), "pipe2");
    out = Fd(ends[0]);
    in = Fd(ends[1]);
  }
  Fd out;
  Fd in;
};

// Threads and processes made from here on stay on the same core.
void pin_to_one_core() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(static_cast<std::size_t>(check(sched_getcpu(), "sched_getcpu")),
          &cores);
  check(sched_setaffinity(0, sizeof cores, &cores), "sched_setaffinity");
}

void put_byte(const Fd& fd) { check(write(fd.get(), "", 1), "write to pipe"); }

// False when the other end was closed.
bool take_byte(const Fd& fd) {
  char byte = 0;
  return check(read(fd.get(), &byte, 1), "read from pipe") == 1;
}

void answer(const Fd& from, const Fd& to) {
  while (take_byte(from)) put_byte(to);
}

// Owns its end of the pipe: closing it is what ends answer().
void take_turns(benchmark::State& state, const Fd to, const Fd& from) {
  while (state.KeepRunningBatch(2)) {  // there and back
    put_byte(to);
    take_byte(from);
  }
}

void no_switch(benchmark::State& state) {
  pin_to_one_core();
  const Pipe pipe;
  while (state.KeepRunning()) {
    put_byte(pipe.in);
    take_byte(pipe.out);
  }
}

void threads(benchmark::State& state) {
  pin_to_one_core();
  Pipe there;
  const Pipe back;
  const std::jthread other([&] { answer(there.out, back.in); });
  take_turns(state, std::move(there.in), back.out);
}

void processes(benchmark::State& state) {
  pin_to_one_core();
  Pipe there;
  const Pipe back;
  const pid_t child = check(fork(), "fork");
  if (child == 0) {
    there.in.reset();
    answer(there.out, back.in);
    _exit(0);
  }
  take_turns(state, std::move(there.in), back.out);
  check(waitpid(child, nullptr, 0), "waitpid");
}

}  // namespace

BENCHMARK(or_skip<no_switch>)->Name("no_switch")->UseRealTime();
BENCHMARK(or_skip<threads>)->Name("threads")->UseRealTime();
BENCHMARK(or_skip<processes>)->Name("processes")->UseRealTime();
BENCHMARK_MAIN();
