#include "harness/interruption.h"

#include <unistd.h>

#include <array>
#include <csignal>
#include <ctime>

#include "harness/child_groups.h"
#include "harness/exit_statuses.h"
#include "lib/error.h"
#include "lib/stop.h"

namespace sockmark {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};

// A server that ignores TERM would take its whole grace to stop: everything is
// to be gone within a second. Again and again, for children started meanwhile.
constexpr long kKillAfterNs = 600'000'000;
constexpr long kKillEveryNs = 50'000'000;

std::atomic<bool> is_noted = false;
std::atomic<int> noted_signal = 0;
static_assert(std::atomic<bool>::is_always_lock_free);  // for the handler
static_assert(std::atomic<int>::is_always_lock_free);
timer_t timer = {};

void set_timer(long after_ns, long every_ns) {
  const itimerspec times = {.it_interval = {.tv_sec = 0, .tv_nsec = every_ns},
                            .it_value = {.tv_sec = 0, .tv_nsec = after_ns}};
  timer_settime(timer, 0, &times, nullptr);
}

void on_signal(int signal) {
  if (is_noted) {
    kill_child_groups();
    _exit(exit_status_of_signal(signal));
  }
  noted_signal = signal;
  is_noted = true;
  set_timer(kKillAfterNs, kKillEveryNs);
}

void on_timer(int) { kill_child_groups(); }

}  // namespace

Interruption::Interruption() {
  is_noted = false;
  noted_signal = 0;
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGALRM;
  check(timer_create(CLOCK_MONOTONIC, &event, &timer), "timer_create");
  handle_signal(SIGALRM, on_timer);
  for (const int signal : kSignals) handle_signal(signal, on_signal);
}

Interruption::~Interruption() {
  set_timer(0, 0);
  for (const int signal : kSignals) std::signal(signal, SIG_DFL);
  timer_delete(timer);
  std::signal(SIGALRM, SIG_DFL);
}

const std::atomic<bool>& Interruption::noted() const { return is_noted; }
int Interruption::signal() const { return noted_signal; }

}  // namespace sockmark
