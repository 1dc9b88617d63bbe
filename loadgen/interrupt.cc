#include "loadgen/interrupt.h"

#include <atomic>
#include <csignal>

#include "lib/stop.h"

namespace sockmark {
namespace {

std::atomic<int> noted = 0;
static_assert(std::atomic<int>::is_always_lock_free);  // for the handler

}  // namespace

void note_interrupts() {
  for (const int number : {SIGINT, SIGTERM}) {
    handle_signal(number, [](int signal) { noted = signal; });
  }
}

int interrupted_by() { return noted; }

}  // namespace sockmark
