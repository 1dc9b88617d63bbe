// A harness that does nothing but run a program, `fake_harness PROGRAM ...`,
// and show what it prints, until someone ends it. Upon SIGINT it says whether
// the program still runs, and ends.
#include <csignal>
#include <cstdio>
#include <string>
#include <thread>

#include "harness/process/child.h"

namespace {
volatile std::sig_atomic_t interrupted = 0;
}

int main(int argc, char** argv) {
  std::signal(SIGINT, [](int) { interrupted = 1; });
  sockmark::Child child({.argv = {argv + 1, argv + argc}});
  std::size_t shown = 0;
  while (!interrupted) {
    const std::string out = child.out();
    std::fputs(out.c_str() + shown, stdout);
    std::fflush(stdout);
    shown = out.size();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  const bool runs = !child.wait_for(std::chrono::milliseconds(50));
  std::puts(runs ? "it still runs" : "it has ended");
  return 0;
}
