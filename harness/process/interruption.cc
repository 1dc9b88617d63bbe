#include "harness/process/interruption.h"

#include <unistd.h>

#include <array>
#include <csignal>

#include "harness/process/exit_statuses.h"
#include "lib/stop.h"

namespace sockmark {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

std::atomic<bool> is_noted = false;
std::atomic<int> noted_signal = 0;
static_assert(std::atomic<bool>::is_always_lock_free);  // for the handler
static_assert(std::atomic<int>::is_always_lock_free);
void on_signal(int signal) {
  // The supervisors end all children as soon as we are gone.
  if (is_noted) _exit(exit_status_of_signal(signal));
  noted_signal = signal;
  is_noted = true;
}

}  // namespace

Interruption::Interruption() {
  is_noted = false;
  noted_signal = 0;
  for (const int signal : kSignals) handle_signal(signal, on_signal);
}

Interruption::~Interruption() {
  for (const int signal : kSignals) std::signal(signal, SIG_DFL);
}

const std::atomic<bool>& Interruption::noted() const { return is_noted; }
int Interruption::signal() const { return noted_signal; }

}  // namespace sockmark
